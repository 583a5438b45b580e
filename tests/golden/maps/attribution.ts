/** Golden cases of attributions, asked in the calculator's arguments. */
 
import type { GoldenMap, Maps } from '../map';

const currency: GoldenMap = async ({ input, convention }, ask) => {
  const interaction = convention === 'interaction added to currency' ? 'currency' : 'separate';
  const positions = (input.weights as number[]).map((weight, index) => ({
    id: String(index),
    weight,
    r_local: input.r_local[index],
    r_fx: input.r_fx[index],
  }));
  const { total } = await ask('calc.currency_attribution', { positions, interaction });
  return { asset_contribution: total.local, currency_contribution: total.fx, total: total.base };
};

/** One share bought and still held; the fee was paid at the purchase, at its rate. */
const oneShare: GoldenMap = async ({ input }, ask) => {
  const { quantity, price, fx_base_per_local, fee_local } = input;
  const [[date, price_begin], [asof, price_end]] = price;
  const [[, fx_begin], [, fx_end]] = fx_base_per_local;
  const buy = { date, type: 'BUY', quantity, price: price_begin, fees: fee_local, fx: fx_begin };
  const lots = await ask('calc.lots', { transactions: [buy], method: 'fifo', price: price_end, fx_now: fx_end });
  const position = { id: 's', price_begin, price_end, fx_begin, fx_end };
  const { total } = await ask('calc.currency_attribution', { positions: [position] });
  const [cost, gain, fees] = [lots.cost, lots.unrealised_gain, lots.fees].map(Number) as [number, number, number];
  const netOfFee = async (start: number, end: number) => {
    const values = [
      { date, value: start },
      { date: asof, value: end },
    ];
    return (await ask('calc.time_weighted_return', { values })).cumulative;
  };
  return {
    value_base: cost + gain,
    cost_base: cost,
    gain_base: gain,
    r_local: total.local,
    r_base: total.base,
    gain_base_net_of_fee: gain - fees,
    r_base_net_of_fee: await netOfFee(cost, cost + gain - fees),
    r_local_net_of_fee: await netOfFee(price_begin * quantity, price_end * quantity - fee_local),
  };
};

const inverseQuote: GoldenMap = async ({ input }, ask) => {
  const dates = ['2001-01-01', '2001-01-02'];
  const series = dates.map((date, index) => ({ date, rate: input.fx_local_per_base[index] }));
  const { rates } = await ask('calc.fx_rate', { series, inverse: true, dates });
  const [fx_begin, fx_end] = rates.map(({ rate }: { rate: string }) => Number(rate));
  const [price_begin, price_end] = input.local_values;
  const held = { date: dates[0], type: 'BUY', quantity: 1, price: price_begin, fx: fx_begin };
  const lots = await ask('calc.lots', { transactions: [held], method: 'fifo', price: price_end, fx_now: fx_end });
  const positions = [{ id: 'a', price_begin, price_end, fx_begin, fx_end }];
  const { base_independent } = await ask('calc.currency_attribution', { positions });
  const [cost, gain] = [Number(lots.cost), Number(lots.unrealised_gain)];
  return { value_base: [cost, cost + gain], r_base: base_independent, gain_base: gain };
};

const triangulated: GoldenMap = async ({ input }, ask) => {
  const dates = Object.keys(input.eur_quotes);
  const quotes = dates.flatMap((date) =>
    Object.entries(input.eur_quotes[date]).map(([to, rate]) => ({ date, from: 'EUR', to, rate })),
  );
  const rates = async (from: string, to: string): Promise<number[]> => {
    const result = await ask('calc.fx_rate', { quotes, from, to, dates });
    return result.rates.map(({ rate }: { rate: string }) => Number(rate));
  };
  const change = async ([fx_begin, fx_end]: number[]) => {
    const positions = [{ id: 'cash', r_local: 0, fx_begin, fx_end }];
    return (await ask('calc.currency_attribution', { positions })).total.fx;
  };
  const usdcad = await rates('USD', 'CAD');
  return {
    usdcad,
    jpycad: await rates('JPY', 'CAD'),
    r_fx_usd_in_cad: await change(usdcad),
    r_fx_chf_in_eur: await change(await rates('CHF', 'EUR')),
  };
};

const brinson: GoldenMap = async ({ input, convention }, ask) => {
  const interaction = convention?.includes('selection includes interaction') ? 'selection' : 'separate';
  const linking = Array.isArray(input.weights_portfolio[0]) ? 'carino' : 'none';
  const { weights_portfolio, weights_benchmark, returns_portfolio, returns_benchmark } = input;
  const lists = { weights_portfolio, weights_benchmark, returns_portfolio, returns_benchmark };
  const result = await ask('calc.brinson_attribution', { ...lists, interaction, linking });
  return {
    ...result,
    allocation_bf: result.allocation,
    selection_incl_interaction: result.selection,
  };
};

export const attributionMaps: Maps = {
  currency_attribution: currency,
  'FX-GF-01': oneShare,
  'FX-HL-01': inverseQuote,
  'FX-ECB-03': triangulated,
  brinson_attribution: brinson,
};

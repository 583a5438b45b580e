import { byPart } from './by-part';
import { findProvider } from './find-provider';
import { judgeSources } from './judge-sources';
import { dataRights, providerRights } from './provider-rights';
import { type PackSources, restOn, type TracedStep } from './rest-on';

const pack: PackSources = {
  prices: ['Quandl WIKI'],
  rates: ['ECB euro reference rates'],
  indices: ['index SP500'],
  factors: ['K. R. French data library'],
  economy: ['US Treasury', "Moody's, example only"],
};
const packs = new Map([['PP_2013-02-28', pack]]);
const step = (capability: string, source: string | null): TracedStep => ({
  path: capability,
  kind: 'capability',
  capability,
  agent: 'some_agent',
  source,
  result_digest: 'sha256:0',
});

describe('the register of rights', () => {
  it.each(dataRights)('allows nothing to a provider that it does not name: %s', (right) => {
    expect(judgeSources(['Acme Data'], right).refusals).toMatchObject([
      {
        source: 'Acme Data',
        provider: null,
        right,
        reason: 'PROVIDER_UNKNOWN',
        message: expect.stringContaining('source.json') as string,
      },
    ]);
    expect(judgeSources(['files of mine'], right).refusals).toHaveLength(1);
  });

  it('allows nothing where no source is named at all', () => {
    expect(judgeSources([], 'csv').refusals).toMatchObject([{ reason: 'SOURCE_UNRESOLVED' }]);
  });

  it.each([
    ['provider:newsapi', 'NewsAPI', { display: true, pdf: false, csv: false, redistribute: false }],
    ['provider:fmp', 'Financial Modeling Prep', { display: true, pdf: true, csv: true, redistribute: false }],
    ['Manual, files of mine', 'Manual', { display: true, pdf: true, csv: true, redistribute: true }],
    ['Polygon daily closes', 'Polygon', { display: true, pdf: true, csv: true, redistribute: false }],
    ['provider:fred', 'FRED', { display: true, pdf: true, csv: true, redistribute: true }],
    ['Manual', 'Manual', { display: true, pdf: true, csv: true, redistribute: true }],
    ["Moody's, example only", 'Moody’s', { display: true, pdf: false, csv: false, redistribute: false }],
  ])('knows what %s allows', (source, name, rights) => {
    expect(findProvider(source)).toMatchObject({ name, rights });
  });

  it('takes no name for a provider’s that only begins like it', () => {
    expect(findProvider('ECBX rates')).toBeNull();
    expect(findProvider('Polygonal')).toBeNull();
  });

  it('asks for an attribution of everybody but the user', () => {
    const silent = providerRights.filter(({ attribution }) => attribution === null);
    expect(silent.map(({ name }) => name)).toEqual(['Manual']);
  });
});

describe('what an output rests on', () => {
  it('is what the capability reads of the pack, and no more', () => {
    for (const name of ['pricing.apply_pack', 'portfolio.get_valued_positions']) {
      const { sources } = restOn([step(name, 'pricing_pack:PP_2013-02-28')], packs);
      expect(sources).toEqual(['ECB euro reference rates', 'Quandl WIKI']);
    }
  });

  it('is the whole pack for a capability of which nothing is known', () => {
    const { sources } = restOn([step('foreign.read', 'pricing_pack:PP_2013-02-28')], packs);
    expect(sources).toEqual(Object.values(pack).flat().sort());
  });

  it('is unknown for a capability that does not say its source, and for a pack that is not there', () => {
    expect(restOn([step('foreign.read', null)], packs).unresolved).toHaveLength(1);
    expect(restOn([step('pricing.apply_pack', 'pricing_pack:PP_1999-01-01')], packs).unresolved).toHaveLength(
      1,
    );
  });

  it('is the user’s own data where only the ledger, or inputs alone, went in', () => {
    expect(restOn([step('ledger.positions', 'ledger:sha256:0')], packs).sources).toEqual(['Manual']);
    expect(restOn([{ ...step('calc.annualise', null), agent: 'calculator' }], packs).sources).toEqual([
      'Manual',
    ]);
  });

  it.each(['charts.mine', 'ratings.mine', 'reports.mine', 'calc.mine', 'tax.mine'])(
    'is unknown for a capability of another project, whatever word its name begins with: %s',
    (name) => {
      expect(restOn([step(name, null)], packs).unresolved).toHaveLength(1);
      const fromPack = restOn([step(name, 'pricing_pack:PP_2013-02-28')], packs);
      expect(fromPack.sources).toEqual(Object.values(pack).flat().sort());
    },
  );

  it.each([
    ['provider:fred BAA', 'Moody’s', false],
    ['provider:fred SP500', 'S&P Dow Jones Indices', false],
    ['provider:fred VIXCLS', 'Cboe', false],
    ['provider:fred BAMLH0A0HYM2', 'ICE Data Indices', false],
    ['provider:fred SIPOVGINIUSA', 'World Bank', true],
    ['provider:fred UNRATE', 'FRED', true],
    ['provider:fred BAABA', 'FRED', true],
  ])('is the owner’s of a series and not who delivered it: %s', (source, provider, isAllowed) => {
    const { sources } = restOn([step('provider.fetch_macro', source)], packs);
    const { refusals, providers, attributions } = judgeSources(sources, 'csv');
    expect([providers, refusals.length === 0]).toEqual([[provider], isAllowed]);
    expect(attributions).toHaveLength(1);
  });

  it('is the owner’s also where FRED gave the series of a pack', () => {
    const rows = [
      ['BAA', 'FRED'], ['UNRATE', 'FRED'], ['FF3.SMB', 'K. R. French data library'], ['FFONE', 'FRED'], ['AAA', "Moody's, example only"],
    ].map(([series_id = '', source = '']) => ({ part: 'series' as const, source, series_id }));
    expect(byPart(rows)).toMatchObject({
      economy: ['Moody’s', 'FRED', "Moody's, example only"],
      factors: ['K. R. French data library'],
    });
  }); // prettier-ignore

  it('is unknown where the text of an error is handed on, for it may quote anything', () => {
    const link = (reference: string) => ({ step: 'a', reference, via: 'handler' });
    const quoting = ['error', 'error.message', 'error.details.values', 'steps.a.error', 'steps.a.error.message', 'steps.a'];
    for (const reference of quoting) {
      expect(restOn([], packs, [link(reference)]).unresolved).toHaveLength(1);
      const inner = { ...step('calc.annualise', null), agent: 'calculator', fed_by: [link(reference)] };
      expect(restOn([inner], packs).unresolved).toHaveLength(1);
    }
    const silent = ['error.code', 'error.step', 'steps.a.error.code', 'steps.a.status', 'state.error.message', 'state.a'];
    expect(restOn([], packs, silent.map(link)).unresolved).toEqual([]);
  }); // prettier-ignore

  it('leaves out steps that gave nothing', () => {
    const skipped = { ...step('provider.fetch_news', 'provider:newsapi'), result_digest: null };
    expect(restOn([skipped], packs).sources).toEqual(['Manual']);
  });
});

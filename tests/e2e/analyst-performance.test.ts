/** The analyst's performance from the command line, on the demo. */
import { runCli, runEach } from '../support/cli';
import { requireService } from '../support/services';

const near = (value: number): number => expect.closeTo(value, 10) as number;

it('dawsos call gives each measure from the demo’s newest fresh pack, the benchmark being the portfolio’s', async () => {
  const env = { DATABASE_URL: requireService('databaseAppUrl') };
  const asked = [
    ['metrics.compute_twr', {}, { windows: { '1y': { value: near(-0.00977553813832), days: 366 } } }],
    ['metrics.compute_mwr', {}, { value: near(0.14003202417794), windows: { '1y': { flows: 1 } } }],
    ['metrics.compute_risk', { confidence: 0.99 }, { max_drawdown: near(-0.19584300539452) }],
    ['metrics.compute_benchmark', { lookback_days: 252 }, { beta: near(0.72126117037045) }],
    ['risk.compute_factor_exposures', {}, { betas: { mkt_rf: near(0.79499387768644) }, currency: 'USD' }],
  ] as const;
  const answers = await runEach(asked, ([capability, args]) =>
    runCli(['call', capability, '--args', JSON.stringify(args), '--json'], { env }),
  );
  expect(answers.map(({ code, stdout }) => [code, JSON.parse(stdout) as unknown])).toMatchObject(
    asked.map(([, , result]) => [0, { result, meta: { source: 'pricing_pack:PP_2013-02-28' }, error: null }]),
  );
});

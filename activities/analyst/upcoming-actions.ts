/** Handlers of src/capabilities/analyst/upcoming-actions.ts. */
import type { upcomingActionsCatalogue } from '../../src/capabilities/analyst/upcoming-actions';
import { EngineError } from '../../src/contract/errors';
import { holdingChanges } from '../../src/db/history';
import { packActions } from '../../src/db/pack-actions';
import { packQuotes } from '../../src/db/pack-quotes';
import { withUser } from '../../src/db/pool';
import { addDays } from '../../src/services/dates';
import { packRates } from '../../src/services/fx';
import { heldBefore } from '../../src/services/held-before';
import { impactOfActions, type KnownAction, upcomingActions } from '../../src/services/upcoming-actions';
import type { Handler, HandlersOf } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';

const convention = {
  known: 'actions that the pack or an earlier one holds, each in its latest form',
  entitlement: 'shares held on the evening before the ex-date; before that day, those held now',
};

export function upcomingActionsHandlers(
  services: AnalystServices,
): HandlersOf<keyof typeof upcomingActionsCatalogue> {
  return {
    'corporate_actions.upcoming': upcoming(services),
    'corporate_actions.calculate_impact': calculateImpact(services),
  };
}

function upcoming({ database }: AnalystServices): Handler<'corporate_actions.upcoming'> {
  return async ({ portfolio_id, pack_id, days_ahead = 90 }, call) => {
    const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
    return withUser(database, call.ctx.user_id, async (tx) => {
      await requirePortfolio(tx, portfolio_id);
      const pack = await requirePack(tx, pack_id);
      const changes = await holdingChanges(tx, { portfolio_id, ledger_commit_hash, to: pack.date });
      const security_ids = [...new Set(changes.map(({ security_id }) => security_id))];
      const known = (await packActions(tx, { pack_id, security_ids })) as KnownAction[];
      const actions = upcomingActions(known, heldBefore(changes), pack.date, days_ahead);
      const count = (type: string): number => actions.filter((action) => action.type === type).length;
      return {
        result: {
          asof_date: pack.date,
          until: addDays(pack.date, days_ahead),
          actions,
          summary: {
            total_actions: actions.length,
            dividends: count('dividend'),
            splits: count('split'),
          },
          convention,
        },
        ...packSource(pack),
      };
    });
  };
}

function calculateImpact({ database }: AnalystServices): Handler<'corporate_actions.calculate_impact'> {
  return async ({ pack_id, actions, positions }, { ctx: { user_id, base_currency } }) => {
    if (base_currency === null) {
      throw new EngineError(
        'DATA_MISSING',
        'The request names no portfolio, so there is no base currency to state cash in. Name the portfolio.',
      );
    }
    return withUser(database, user_id, async (tx) => {
      const pack = await requirePack(tx, pack_id);
      const { rates } = await packQuotes(tx, pack_id, []);
      const impact = impactOfActions(actions, positions, packRates(rates, base_currency, pack.date));
      return { result: { asof_date: pack.date, base_currency, ...impact }, ...packSource(pack) };
    });
  };
}

/** Handler of `alerts.suggest_presets`. */
import { suggestAlerts } from '../../src/services/alert-suggestions';
import type { Handler } from '../agent';

export const suggestPresets: Handler<'alerts.suggest_presets'> = async ({ trend_analysis, portfolio_id }) => {
  const suggestions = suggestAlerts(trend_analysis, portfolio_id);
  return { result: { suggestions, count: suggestions.length } };
};

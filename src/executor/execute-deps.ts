/** What starting executions needs. */
import type { BreakerStore } from '../contract/breaker';
import type { DirectRuns } from './direct-runs';
import type { FollowDeps } from './follow';
import type { Limits } from './limits';
import type { Metrics } from './metrics';
import type { FindPattern } from './pattern-registry';
import type { PatternStore } from './pattern-store';
import type { WaitingRoom } from './waiting-room';

export interface ExecuteDeps extends FollowDeps {
  patterns: PatternStore;
  findPattern: FindPattern;
  breakers: BreakerStore;
  direct: DirectRuns;
  waiting: WaitingRoom;
  limits: Pick<Limits, 'runningPerUser'>;
  metrics: Metrics;
  now: () => number;
}

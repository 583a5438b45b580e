/** What each kind of step does; one place that knows all kinds. */
import type { PlannedStep } from '../plan';
import { runCall } from './call';
import { runChild } from './child';
import { runCompute } from './compute';
import type { BodyEnd } from './ends';
import { runApproval, runAssert, runWait } from './gates';
import { runGroup, withUndo } from './list';
import { runMap } from './map';
import { runRepeat } from './repeat';
import type { Place, Run } from './run';
import type { StepRun } from './step-run';

export async function workOf(run: Run, step: PlannedStep, place: Place, line: StepRun): Promise<BodyEnd> {
  switch (step.kind) {
    case 'capability':
      return runCall(run, step, place, line);
    case 'pattern':
      return runChild(run, step, place, line);
    case 'group':
      return withUndo(run, place, line, (own) => runGroup(run, step, own));
    case 'map':
      return withUndo(run, place, line, (own) => runMap(run, step, own, line));
    case 'repeat':
      return withUndo(run, place, line, (own) => runRepeat(run, step, own, line));
    case 'compute':
      return runCompute(run, step, place);
    case 'wait':
      return runWait(run, step, place);
    case 'approval':
      return runApproval(run, step, place, line);
    case 'assert':
      return runAssert(run, step, place);
  }
}

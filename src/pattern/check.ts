/** Checks a pattern against the capabilities' schemas before anything runs: all problems at once, each with its place. */
import { EngineError, type Problem } from '../contract/errors';
import { compileSchema } from '../validate';
import { checkArguments } from './check-arguments';
import { type ReferenceCheck, referenceChecker } from './check-references';
import { parseCondition } from './condition';
import { edgesOf, findCycle } from './graph';
import { inputSchema } from './inputs';
import { nearest } from './nearest';
import { type Reference, referencesIn, stepOf } from './reference';
import { Pattern, reservedNames, type Step } from './schema';
import type { Signatures } from './signatures';

const schemaProblems = compileSchema(Pattern);

export interface Checked {
  pattern: Pattern | null;
  problems: Problem[];
  warnings: Problem[];
}

/** The name of a step's result: `as`, else the capability's part after the last dot. */
export function nameOf(step: Step): string {
  return step.as ?? step.capability.slice(step.capability.lastIndexOf('.') + 1);
}

export function checkPattern(source: unknown, signatures: Signatures): Checked {
  const shape = schemaProblems(source).map((problem) => ({ ...problem, code: 'PATTERN_INVALID' }));
  if (shape.length > 0) return { pattern: null, problems: shape, warnings: [] };
  const pattern = source as Pattern;
  const names = checkNames(pattern.steps);
  if (names.length > 0) return { pattern, problems: names, warnings: [] };
  const references = referenceChecker(pattern, signatures, nameOf);
  const problems = [
    ...checkInputDeclarations(pattern),
    ...pattern.steps.flatMap((step, index) =>
      checkStep(step, `/steps/${String(index)}`, pattern, signatures, references),
    ),
    ...checkOutputs(pattern, references),
    ...checkPanels(pattern, references),
  ];
  if (problems.length === 0) problems.push(...checkOrder(pattern, signatures));
  return { pattern, problems, warnings: problems.length === 0 ? checkUnused(pattern) : [] };
}

function checkNames(steps: Step[]): Problem[] {
  const taken = new Set<string>();
  return steps.flatMap((step, index) => {
    const name = nameOf(step);
    const pointer = `/steps/${String(index)}/as`;
    if (reservedNames.includes(name))
      return [{ code: 'PATTERN_INVALID', pointer, message: `"${name}" is a reserved word` }];
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
      return [
        { code: 'PATTERN_INVALID', pointer, message: `"${name}" is no step name; give the step an \`as\`` },
      ];
    }
    if (taken.has(name))
      return [{ code: 'PATTERN_INVALID', pointer, message: `two steps are named "${name}"` }];
    taken.add(name);
    return [];
  });
}

function checkInputDeclarations(pattern: Pattern): Problem[] {
  return Object.entries(pattern.inputs ?? {}).flatMap(([name, input]) => {
    const pointer = `/inputs/${name}`;
    try {
      const validate = compileSchema(inputSchema(input));
      if (!Object.hasOwn(input, 'default')) return [];
      return validate((input as { default?: unknown }).default).map((problem) => ({
        code: 'PATTERN_INVALID',
        pointer: `${pointer}/default${problem.pointer}`,
        message: `the default does not fit its own schema: ${problem.message}`,
      }));
    } catch (error) {
      return [
        { code: 'PATTERN_INVALID', pointer, message: error instanceof Error ? error.message : String(error) },
      ];
    }
  });
}

function checkStep(
  step: Step,
  pointer: string,
  pattern: Pattern,
  signatures: Signatures,
  references: ReferenceCheck,
): Problem[] {
  const problems: Problem[] = [];
  const signature = signatures.get(step.capability);
  if (!signature) {
    const guess = nearest(step.capability, signatures.keys());
    problems.push({
      code: 'CAPABILITY_UNKNOWN',
      pointer: `${pointer}/capability`,
      message: `no agent answers "${step.capability}"`,
      ...(guess === null ? {} : { suggestion: `did you mean ${guess}?` }),
    });
  } else {
    problems.push(...checkArguments(step.args ?? {}, signature.args, `${pointer}/args`, references));
  }
  if (step.condition !== undefined)
    problems.push(...checkCondition(step.condition, `${pointer}/condition`, references));
  for (const name of [step.after ?? []].flat()) {
    if (!pattern.steps.some((other) => nameOf(other) === name)) {
      problems.push({
        code: 'REFERENCE_UNRESOLVED',
        pointer: `${pointer}/after`,
        message: `there is no step "${name}"`,
      });
    }
  }
  return problems;
}

function checkCondition(source: string, pointer: string, references: ReferenceCheck): Problem[] {
  return collect(pointer, () =>
    parseCondition(source).references.flatMap((reference) => references(reference, pointer).problems),
  );
}

function checkOutputs(pattern: Pattern, references: ReferenceCheck): Problem[] {
  if (Array.isArray(pattern.outputs)) {
    return pattern.outputs.flatMap(
      (name, index) => references(stateReference(name), `/outputs/${String(index)}`).problems,
    );
  }
  return Object.entries(pattern.outputs).flatMap(([name, template]) => {
    const pointer = `/outputs/${name}`;
    if (typeof template === 'string' && !template.includes('{{')) {
      return [
        {
          code: 'PATTERN_INVALID',
          pointer,
          message: 'a plain text is no output',
          suggestion: `write "{{state.${template}}}"`,
        },
      ];
    }
    return collect(pointer, () =>
      referencesIn(template, pointer).flatMap((found) => references(found.reference, found.pointer).problems),
    );
  });
}

function checkPanels(pattern: Pattern, references: ReferenceCheck): Problem[] {
  return (pattern.display?.panels ?? []).flatMap((panel, index) => {
    const pointer = `/display/panels/${String(index)}/source`;
    return collect(pointer, () =>
      referencesIn(`{{${panel.source}}}`).flatMap(({ reference }) => references(reference, pointer).problems),
    );
  });
}

function checkOrder(pattern: Pattern, signatures: Signatures): Problem[] {
  const graph = new Map(
    edgesOf(pattern.steps, signatures, nameOf).map(({ name, edges }) => [
      name,
      edges.map(({ step }) => step),
    ]),
  );
  const cycle = findCycle(graph);
  return cycle === null
    ? []
    : [
        {
          code: 'PATTERN_INVALID',
          pointer: '/steps',
          message: `steps wait for each other: ${cycle.join(' → ')}`,
        },
      ];
}

function checkUnused(pattern: Pattern): Problem[] {
  const used = new Set<string>();
  const note = (reference: Reference): void => {
    used.add(reference.root === 'inputs' ? `inputs.${reference.path[0] ?? ''}` : (stepOf(reference) ?? ''));
  };
  for (const step of pattern.steps) {
    referencesIn(step.args ?? {}).forEach(({ reference }) => {
      note(reference);
    });
    if (step.condition !== undefined) parseCondition(step.condition).references.forEach(note);
    [step.after ?? []].flat().forEach((name) => used.add(name));
  }
  if (Array.isArray(pattern.outputs)) pattern.outputs.forEach((name) => used.add(name));
  else
    referencesIn(pattern.outputs).forEach(({ reference }) => {
      note(reference);
    });
  (pattern.display?.panels ?? []).forEach(({ source }) => {
    referencesIn(`{{${source}}}`).forEach(({ reference }) => {
      note(reference);
    });
  });
  const unusedInputs = Object.keys(pattern.inputs ?? {}).filter((name) => !used.has(`inputs.${name}`));
  const unusedSteps = pattern.steps
    .map((step, index) => [nameOf(step), index] as const)
    .filter(([name]) => !used.has(name));
  return [
    ...unusedInputs.map((name) => ({
      code: 'UNUSED',
      pointer: `/inputs/${name}`,
      message: `nothing uses the input "${name}"`,
    })),
    ...unusedSteps.map(([name, index]) => ({
      code: 'UNUSED',
      pointer: `/steps/${String(index)}`,
      message: `nothing uses the result "${name}"`,
    })),
  ];
}

function stateReference(name: string): Reference {
  return { root: 'state', path: [name], text: `state.${name}` };
}

/** Runs a check that may throw an EngineError for the place it looks at, and makes that a problem too. */
function collect(pointer: string, check: () => Problem[]): Problem[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof EngineError) return [{ code: error.code, pointer, message: error.message }];
    throw error;
  }
}

/** What `run`, `plan` and `diff` ask of the server: the pattern's inputs, and whose portfolio where only one can be meant. */
import { usageError } from '../cli-error';
import type { Portfolio } from '../../executor/portfolios';
import type { Api } from './api';
import { type InputOptions, inputsOf, type InputsSchema } from './inputs';

export interface RequestOptions extends InputOptions {
  portfolio?: string;
  asof?: string;
  /** `pattern_version`: `--version` is the program's own. */
  version?: string;
  mode?: string;
  direct?: boolean;
  patience?: string;
}

/** The members of a request that its options say; the pattern comes beside them. */
export type RequestBody = Record<string, unknown>;

/**
 * @param schema of the pattern's inputs
 * @param say is told what was chosen for the caller
 * @throws CliError for options that cannot be read, and where no portfolio or several could be meant
 */
export async function requestOf(
  api: Api,
  options: RequestOptions,
  schema: InputsSchema,
  say: (line: string) => void,
): Promise<RequestBody> {
  const inputs = inputsOf(options, schema);
  const { asof, version, patience, direct } = options;
  const mode = direct === true ? 'direct' : options.mode;
  const portfolio = options.portfolio ?? (await onlyPortfolio(api, inputs, schema, say));
  return {
    ...(Object.keys(inputs).length > 0 && { inputs }),
    ...(portfolio !== null && { portfolio_id: portfolio }),
    ...(asof !== undefined && { asof_date: asof }),
    ...(version !== undefined && { version }),
    ...(mode !== undefined && { mode }),
    ...(patience !== undefined && { patience }),
  };
}

async function onlyPortfolio(
  api: Api,
  inputs: Record<string, unknown>,
  schema: InputsSchema,
  say: (line: string) => void,
): Promise<string | null> {
  if (Object.hasOwn(inputs, 'portfolio_id') || schema.required?.includes('portfolio_id') !== true)
    return null;
  const { portfolios } = (await api.get<{ portfolios: Portfolio[] }>('/v1/portfolios')).body;
  const [only, ...others] = portfolios;
  if (only === undefined)
    throw usageError(
      'The pattern needs a portfolio, and you have none.',
      'Use --as or --token of somebody who has one.',
    );
  if (others.length > 0) {
    const list = portfolios.map(({ id, name }) => `${id} (${name})`).join(', ');
    throw usageError(
      `The pattern needs a portfolio, and you have several: ${list}.`,
      'Name one with --portfolio ID.',
    );
  }
  say(`portfolio: ${only.name} (${only.id}), your only one`);
  return only.id;
}

/** Of a pattern that the server knows. @throws CliError PATTERN_NOT_FOUND */
export async function inputsSchemaOf(api: Api, pattern: string): Promise<InputsSchema> {
  return (await api.get<{ inputs: InputsSchema }>(`/v1/patterns/${encodeURIComponent(pattern)}`)).body.inputs;
}

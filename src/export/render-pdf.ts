/** Makes a PDF in a process of its own, within limits of time, memory and size. */
import { spawn } from 'node:child_process';
import { EngineError } from '../contract/errors';
import type { PdfRequest } from './pdf-sections';

export interface RenderedPdf {
  content: Buffer;
  pages: number;
}

export interface RenderLimits {
  milliseconds: number;
  bytes: number;
  memoryMegabytes: number;
  /** At once, in this process. */
  atOnce: number;
}

export const renderLimits: RenderLimits = {
  milliseconds: 45_000,
  bytes: 20 * 1024 * 1024,
  memoryMegabytes: 512,
  atOnce: 2,
};

let running = 0;

/** @throws EngineError EXPORT_TOO_LARGE beyond a limit, RATE_LIMITED when enough are being made, INTERNAL when it cannot be made */
export async function renderPdf(
  request: PdfRequest,
  { limits = renderLimits, signal }: { limits?: RenderLimits; signal?: AbortSignal } = {},
): Promise<RenderedPdf> {
  if (running >= limits.atOnce) {
    throw new EngineError('RATE_LIMITED', `${String(running)} PDF files are being made here already; ask again in a moment.`, { retry_after_seconds: 5 });
  }
  running += 1;
  try {
    const written = await runProcess(JSON.stringify(request), limits, signal);
    const line = written.indexOf('\n');
    return { pages: Number(written.subarray(0, line).toString()), content: written.subarray(line + 1) };
  } finally {
    running -= 1;
  }
} // prettier-ignore

function runProcess(input: string, limits: RenderLimits, signal: AbortSignal | undefined): Promise<Buffer> {
  const file = require.resolve('./pdf-process');
  const loader = file.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const child = spawn(process.execPath, [`--max-old-space-size=${String(limits.memoryMegabytes)}`, ...loader, file], {
    // Nothing of this process's environment: no key can get into a file, and no setting of the machine.
    env: { TZ: 'UTC', LANG: 'C', PATH: process.env['PATH'] ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [size, said] = [0, ''];
    const stop = (error: EngineError): void => {
      child.kill('SIGKILL');
      reject(error);
    };
    const timer = setTimeout(() => { stop(tooLarge(`takes longer than ${String(limits.milliseconds / 1000)} s`)); }, limits.milliseconds);
    const abort = (): void => { stop(new EngineError('EXECUTION_CANCELLED', 'Nobody waits for the PDF any more.')); };
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes) stop(tooLarge(`has more than ${String(limits.bytes)} bytes`));
      else chunks.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { said = `${said}${chunk}`.slice(-4000); });
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => { reject(new EngineError('INTERNAL', 'The PDF could not be made.', {}, error)); });
    child.once('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (code === 0) resolve(Buffer.concat(chunks));
      else if (/heap out of memory/.test(said)) reject(tooLarge(`needs more than ${String(limits.memoryMegabytes)} MB of memory`));
      else reject(new EngineError('INTERNAL', 'The PDF could not be made.', {}, new Error(said)));
    });
    child.stdin.end(input);
  });
} // prettier-ignore

function tooLarge(why: string): EngineError {
  return new EngineError(
    'EXPORT_TOO_LARGE',
    `The PDF ${why}; take fewer outputs with \`outputs=\`, or CSV or JSON.`,
  );
}

/** One kept process that makes PDFs: started when first needed, told to stop by time, memory, use or its owner. */
import { type ChildProcess, fork } from 'node:child_process';
import type { PdfAnswer, PdfOrder } from './pdf-messages';

export interface PdfWorker {
  /** Documents that it was asked for. */
  served: number;
  /** Rejects with `PdfWorkerEnded` when the process ends before it answers. One at a time. */
  make(order: PdfOrder): Promise<PdfAnswer>;
  /** Whether it can still be asked. */
  isAlive(): boolean;
  stop(): void;
}

/** The process ended without an answer; `said` is the end of what it wrote to standard error. */
export class PdfWorkerEnded extends Error {
  constructor(readonly said: string) {
    super('The process that makes PDFs ended without an answer.');
  }

  get isOutOfMemory(): boolean {
    return /heap out of memory/.test(this.said);
  }
}

export function startPdfWorker(memoryMegabytes: number): PdfWorker {
  const file = require.resolve('./pdf-process');
  const loader = file.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const child = fork(file, [], {
    execArgv: [`--max-old-space-size=${String(memoryMegabytes)}`, ...loader],
    // Nothing of this process's environment: no key can get into a file, and no setting of the machine.
    env: { TZ: 'UTC', LANG: 'C', PATH: process.env['PATH'] ?? '' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  let ended = false;
  let settle: { resolve(answer: PdfAnswer): void; reject(error: Error): void } | null = null;
  const end = (error: Error): void => {
    ended = true;
    settle?.reject(error);
  };
  child.on('message', (answer: PdfAnswer) => settle?.resolve(answer));
  child.once('error', end);
  // Later than `exit`: what it wrote has been read.
  child.once('close', () => {
    end(new PdfWorkerEnded(said));
  });
  holdProcess(child, false);
  const worker: PdfWorker = {
    served: 0,
    isAlive: () => !ended && child.connected && child.exitCode === null && child.signalCode === null,
    stop: () => {
      ended = true;
      child.kill('SIGKILL');
    },
    make: async (order) => {
      worker.served += 1;
      holdProcess(child, true);
      try {
        return await new Promise<PdfAnswer>((resolve, reject) => {
          settle = { resolve, reject };
          // A process that is gone is told of by `close`.
          child.send(order, () => undefined);
        });
      } finally {
        settle = null;
        holdProcess(child, false);
      }
    },
  };
  return worker;
}

/** A process that waits for work keeps nobody alive: it ends when this process does. */
function holdProcess(child: ChildProcess, hold: boolean): void {
  const pipe = child.stderr as unknown as { ref(): void; unref(): void } | null;
  for (const part of [child, child.channel, pipe]) {
    if (hold) part?.ref();
    else part?.unref();
  }
}

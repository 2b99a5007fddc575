import * as v from 'valibot';
import type { Deps } from '../../runtime/index.ts';

/** An error of minikube. */
export interface MinikubeFault {
  readonly message: string;
  readonly advice: string;
  /** Stable ID, for example, `K8S_INVALID_VERSION`. */
  readonly id: string;
}

const eventSchema = v.object({
  type: v.optional(v.string(), ''),
  data: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** Turns the events of `minikube --output=json` into progress lines with seconds, and collects its errors. */
export class MinikubeEvents {
  readonly #deps: Pick<Deps, 'log' | 'clock'>;
  readonly #started: number;
  readonly #plain: string[] = [];
  readonly #remarks: string[] = [];
  #shownDownload = 0;
  #fault: MinikubeFault | undefined;

  constructor(deps: Pick<Deps, 'log' | 'clock'>) {
    this.#deps = deps;
    this.#started = deps.clock.now();
  }

  /** The error that made minikube exit; undefined if it reported none. */
  get fault(): MinikubeFault | undefined {
    return this.#fault;
  }

  /** The last lines that are not events. */
  get plain(): readonly string[] {
    return this.#plain.slice(-15);
  }

  /** Advice, warnings, and errors that minikube retries. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  read(line: string): void {
    const event = parseEvent(line);
    if (event === undefined) {
      if (line.trim() !== '') this.#plain.push(line);
      this.#deps.log.debug(line);
      return;
    }
    const get = (name: string) => String(event.data[name] ?? '').trim();
    const message = get('message');
    switch (event.type.replace('io.k8s.sigs.minikube.', '')) {
      case 'step':
        this.#logProgress(`[${get('currentstep')}/${get('totalsteps')}] ${message}`);
        break;
      case 'warning':
      case 'info':
        this.#addRemark(message);
        break;
      case 'error':
        // Remarks are reported as errors, too. Only the error that makes minikube exit has an exit code.
        if (event.data.exitcode === undefined) this.#addRemark(message);
        else this.#fault = { message, advice: get('advice'), id: get('name') };
        break;
      case 'download.progress':
        this.#logDownload(get('artifact'), Number(get('progress')));
        break;
    }
  }

  #addRemark(message: string): void {
    this.#remarks.push(message);
    this.#deps.log.debug(message);
  }

  #logDownload(artifact: string, progress: number): void {
    const now = this.#deps.clock.now();
    if (now - this.#shownDownload < 2) return;
    this.#shownDownload = now;
    this.#logProgress(`Downloading ${artifact}: ${Math.round(progress * 100)} %`);
  }

  #logProgress(message: string): void {
    const seconds = (this.#deps.clock.now() - this.#started).toFixed(0).padStart(3);
    this.#deps.log.info(`${seconds} s  ${message}`);
  }
}

function parseEvent(line: string): v.InferOutput<typeof eventSchema> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return v.parse(eventSchema, JSON.parse(line));
  } catch {
    return undefined;
  }
}

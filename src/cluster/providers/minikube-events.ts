import type { Deps } from '../../runtime/index.ts';

/** An error as minikube words it for people. */
export interface MinikubeFault {
  readonly message: string;
  readonly advice: string;
  /** Its stable id, such as `K8S_INVALID_VERSION`. */
  readonly name: string;
}

interface Event {
  readonly type?: string;
  readonly data?: Readonly<Record<string, string | undefined>>;
}

/** Turns the events of `minikube --output=json` into progress lines with seconds, and keeps what went wrong. */
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

  /** The error that ended minikube; undefined where it gave none. */
  get fault(): MinikubeFault | undefined {
    return this.#fault;
  }

  /** The last lines that were no events. */
  get plain(): readonly string[] {
    return this.#plain.slice(-15);
  }

  /** What it said beside its steps: advice, warnings, and what it tries again. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  line(line: string): void {
    const event = parsed(line);
    if (event === undefined) {
      if (line.trim() !== '') this.#plain.push(line);
      this.#deps.log.debug(line);
      return;
    }
    const {
      message = '',
      currentstep,
      totalsteps,
      exitcode,
      advice = '',
      name = '',
      progress,
      artifact,
    } = event.data ?? {};
    switch (event.type?.replace('io.k8s.sigs.minikube.', '')) {
      case 'step':
        this.#say(`[${currentstep}/${totalsteps}] ${message}`);
        break;
      case 'warning':
      case 'info':
        this.#remark(message);
        break;
      case 'error':
        // Remarks come as errors too; only the one that ends minikube has an exit code.
        if (exitcode === undefined) this.#remark(message);
        else this.#fault = { message: message.trim(), advice: advice.trim(), name };
        break;
      case 'download.progress':
        this.#download(artifact ?? '', progress ?? '');
        break;
    }
  }

  #remark(message: string): void {
    this.#remarks.push(message.trim());
    this.#deps.log.debug(message);
  }

  #download(artifact: string, progress: string): void {
    const now = this.#deps.clock.now();
    if (now - this.#shownDownload < 2) return;
    this.#shownDownload = now;
    this.#say(`downloading ${artifact}: ${Math.round(Number(progress) * 100)} %`);
  }

  #say(message: string): void {
    const seconds = (this.#deps.clock.now() - this.#started).toFixed(0).padStart(3);
    this.#deps.log.info(`${seconds} s  ${message.trim()}`);
  }
}

function parsed(line: string): Event | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}

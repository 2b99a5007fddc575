import { randomBytes } from 'node:crypto';
import type { StorageAccount } from '../arm/resources.ts';
import type { Listener } from '../http/listener.ts';
import type { AccountResponse, Azurite } from './azurite.ts';

/** Levels of anonymous access to a container, by their names in Resource Manager. */
export const publicAccessLevels = ['None', 'Blob', 'Container'] as const;
export type PublicAccess = (typeof publicAccessLevels)[number];

/** A container as the blob service describes it. */
export interface Container {
  readonly name: string;
  readonly publicAccess: PublicAccess;
  readonly etag: string;
  readonly lastModified: string;
}

/** The storage of all accounts: Azurite, and a website listener for each account. */
export class Storage {
  /** Undefined if the emulator runs without storage. */
  readonly azurite: Azurite | undefined;
  readonly #listenForWebsite: (account: () => StorageAccount | undefined) => Promise<Listener>;
  readonly #websites = new Map<string, Listener>();
  readonly #find: (name: string) => StorageAccount | undefined;

  constructor(
    azurite: Azurite | undefined,
    find: (name: string) => StorageAccount | undefined,
    listenForWebsite: (account: () => StorageAccount | undefined) => Promise<Listener>,
  ) {
    this.azurite = azurite;
    this.#find = find;
    this.#listenForWebsite = listenForWebsite;
  }

  /** Creates what every account has: two keys and the address of a website. */
  async equip(name: string): Promise<Pick<StorageAccount, 'keys' | 'website'>> {
    const listener = await this.#listenForWebsite(() => this.#find(name));
    this.#websites.set(name, listener);
    const key = () => randomBytes(64).toString('base64');
    return { keys: [key(), key()], website: listener.url };
  }

  /** Deletes the containers and the website of an account. */
  async removeAccount(account: StorageAccount): Promise<void> {
    for (const { name } of await this.containers(account)) await this.removeContainer(account, name);
    await this.#websites.get(account.name)?.close();
    this.#websites.delete(account.name);
  }

  async containers(account: StorageAccount): Promise<readonly Container[]> {
    if (!this.azurite) return [];
    const { body } = await this.#ask(account, [200], {
      method: 'GET',
      query: { comp: 'list', include: 'system' },
    });
    const names = [...body.toString('utf8').matchAll(/<Name>([^<]+)<\/Name>/g)].map(
      (match) => match[1] ?? '',
    );
    const containers = await Promise.all(names.map((name) => this.container(account, name)));
    return containers.filter((one) => one !== undefined);
  }

  async container(account: StorageAccount, name: string): Promise<Container | undefined> {
    const { status, headers } = await this.#ask(account, [200, 404], {
      method: 'HEAD',
      path: name,
      query: { restype: 'container' },
    });
    if (status === 404) return undefined;
    const level = headers['x-ms-blob-public-access'];
    return {
      name,
      publicAccess: level === 'blob' ? 'Blob' : level === 'container' ? 'Container' : 'None',
      etag: headers.etag ?? '',
      lastModified: headers['last-modified'] ?? '',
    };
  }

  /** Creates a container, or sets the level of an existing one. Returns whether it was created. */
  async putContainer(account: StorageAccount, name: string, level: PublicAccess): Promise<boolean> {
    const headers: Record<string, string> =
      level === 'None' ? {} : { 'x-ms-blob-public-access': level.toLowerCase() };
    const query = { restype: 'container' };
    const created = await this.#ask(account, [201, 409], { method: 'PUT', path: name, query, headers });
    if (created.status === 201) return true;
    await this.#ask(account, [200], { method: 'PUT', path: name, query: { ...query, comp: 'acl' }, headers });
    return false;
  }

  async removeContainer(account: StorageAccount, name: string): Promise<void> {
    await this.#ask(account, [202, 404], { method: 'DELETE', path: name, query: { restype: 'container' } });
  }

  /** Writes a text blob of the state file. */
  async putBlob(account: StorageAccount, container: string, path: string, text: string): Promise<void> {
    await this.#ask(account, [201], {
      method: 'PUT',
      path: `${container}/${path}`,
      headers: { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'application/json' },
      body: text,
    });
  }

  /** Returns the names of the index and error documents, or undefined if the website is disabled. */
  async getWebsite(
    account: StorageAccount,
  ): Promise<{ readonly index: string | undefined; readonly error: string | undefined } | undefined> {
    const { body } = await this.#ask(account, [200], {
      method: 'GET',
      query: { restype: 'service', comp: 'properties' },
    });
    const website = /<StaticWebsite>(.*?)<\/StaticWebsite>/s.exec(body.toString('utf8'))?.[1] ?? '';
    if (!/<Enabled>true<\/Enabled>/.test(website)) return undefined;
    return {
      index: /<IndexDocument>([^<]+)</.exec(website)?.[1],
      error: /<ErrorDocument404Path>([^<]+)</.exec(website)?.[1],
    };
  }

  /** Creates the container of a website if it is enabled. */
  async createWebContainer(account: StorageAccount): Promise<void> {
    if (await this.getWebsite(account))
      await this.#ask(account, [201, 409], {
        method: 'PUT',
        path: '$web',
        query: { restype: 'container' },
      });
  }

  /** Reads any blob with the account key. */
  readBlob(account: StorageAccount, container: string, path: string): Promise<AccountResponse> {
    return this.#ask(account, [200, 400, 404], { method: 'GET', path: `${container}/${path}` });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#websites.values()].map((listener) => listener.close()));
    await this.azurite?.close();
  }

  async #ask(
    account: StorageAccount,
    expected: readonly number[],
    request: Parameters<Azurite['asAccount']>[1],
  ): Promise<AccountResponse> {
    if (!this.azurite) throw new Error('the emulator runs without storage');
    const answer = await this.azurite.asAccount(account, request);
    if (expected.includes(answer.status)) return answer;
    throw new Error(
      `Azurite answered ${answer.status} to ${request.method} ${account.name}/${request.path ?? ''}: ${answer.body.toString('utf8')}`,
    );
  }
}

import { isObject } from './http/exchange.ts';

/** What a part of the state file looks like. */
type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'anything'
  /** One of these words. */
  | { readonly words: readonly string[] }
  | { readonly list: Shape }
  /** An object with names of the user's own. */
  | { readonly values: Shape }
  | {
      readonly required?: Readonly<Record<string, Shape>>;
      readonly optional?: Readonly<Record<string, Shape>>;
    };

const services = { words: ['authority', 'graph', 'resourceManager', 'vault', 'blob', 'website'] };

const behaviour: Shape = {
  optional: {
    propagationSeconds: {
      optional: {
        application: 'number',
        servicePrincipal: 'number',
        federatedCredential: 'number',
        roleAssignment: 'number',
      },
    },
    listLagSeconds: 'number',
    negativeCacheSeconds: 'number',
    issuerDocumentLifetimeSeconds: 'number',
    identityWriteSeconds: 'number',
    storageAccountCreationSeconds: 'number',
    graphPageSize: 'number',
    faults: {
      list: {
        required: { service: services },
        optional: {
          method: 'text',
          path: 'text',
          nth: 'number',
          times: 'number',
          status: 'number',
          retryAfter: 'number',
          body: 'anything',
          reset: { words: ['before', 'after'] },
          delaySeconds: 'number',
        },
      },
    },
  },
};

const container: Shape = {
  required: { name: 'text' },
  optional: { publicAccess: { words: ['None', 'Blob', 'Container'] }, blobs: { values: 'text' } },
};

const federatedCredential: Shape = {
  required: { name: 'text', issuer: 'text', subject: 'text' },
  optional: { audience: 'text' },
};

const stateShape: Shape = {
  optional: {
    tenant: { optional: { id: 'text', domain: 'text', allowedIssuers: { list: 'text' } } },
    subscription: { optional: { id: 'text', name: 'text' } },
    resourceGroups: { list: { required: { name: 'text', location: 'text' } } },
    vaults: { list: { required: { name: 'text', resourceGroup: 'text', secrets: { values: 'text' } } } },
    storageAccounts: {
      list: {
        required: { name: 'text', resourceGroup: 'text' },
        optional: {
          allowBlobPublicAccess: 'flag',
          allowSharedKeyAccess: 'flag',
          containers: { list: container },
        },
      },
    },
    takenStorageAccountNames: { list: 'text' },
    deniesPublicBlobAccess: 'flag',
    applications: {
      list: {
        required: { clientId: 'text', displayName: 'text' },
        optional: {
          uniqueName: 'text',
          servicePrincipal: 'flag',
          principalId: 'text',
          permissions: { list: 'text' },
          federatedCredentials: { list: federatedCredential },
        },
      },
    },
    roleAssignments: { list: { required: { role: 'text', clientId: 'text', scope: 'text' } } },
    job: { optional: { clientId: 'text', subject: 'text' } },
    hints: { optional: { resourceGroup: 'text', storageAccount: 'text', vault: 'text' } },
    behaviour,
  },
};

/** Everything that is wrong with a parsed state file, each with its place: a typo must not pass for a default. */
export function faultsOfState(file: unknown): readonly string[] {
  return faultsOf(stateShape, file, 'the state file');
}

function faultsOf(shape: Shape, value: unknown, place: string): readonly string[] {
  if (typeof shape === 'string') return isOfKind(shape, value) ? [] : [`${place} must be ${kinds[shape]}`];
  if ('words' in shape)
    return shape.words.some((word) => word === value)
      ? []
      : [`${place} must be one of ${shape.words.join(', ')}`];
  if ('list' in shape) {
    if (!Array.isArray(value)) return [`${place} must be a list`];
    return value.flatMap((item, index) => faultsOf(shape.list, item, `${place}[${index}]`));
  }
  if (!isObject(value)) return [`${place} must be an object`];
  if ('values' in shape)
    return Object.entries(value).flatMap(([name, item]) => faultsOf(shape.values, item, `${place}.${name}`));
  return faultsOfFields(shape, value, place);
}

function faultsOfFields(
  { required = {}, optional = {} }: Extract<Shape, { readonly required?: unknown }>,
  value: Readonly<Record<string, unknown>>,
  place: string,
): readonly string[] {
  const fields: Readonly<Record<string, Shape>> = { ...required, ...optional };
  const missing = Object.keys(required).filter((name) => value[name] === undefined);
  return [
    ...missing.map((name) => `${place} needs "${name}"`),
    ...Object.entries(value).flatMap(([name, item]) => {
      const shape = fields[name];
      if (item === undefined) return [];
      if (shape) return faultsOf(shape, item, `${place}.${name}`);
      return [`${place}.${name} is not known; there are ${Object.keys(fields).join(', ')}`];
    }),
  ];
}

const kinds = {
  text: 'text',
  flag: 'true or false',
  number: 'a number that is not negative',
  anything: 'there',
};

function isOfKind(kind: keyof typeof kinds, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && value >= 0;
    case 'anything':
      return true;
  }
}

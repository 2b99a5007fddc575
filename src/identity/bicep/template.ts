import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatResourceType } from '../../azure/index.ts';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { createApplicationBody } from '../objects/application.ts';
import { formatMarkRecord, formatMarkTags, formatMarkText } from '../objects/mark.ts';
import type { DesiredState, WantedIdentity } from '../request.ts';
import type { ResolvedRole } from '../roles/roles.ts';
import { createBicepRole } from './roles.ts';
import { formatBicep, reference } from './text.ts';

// The extension is published as a container image. This version was the first that was generally available.
const graphExtension = 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0';

/**
 * Returns the desired state as Bicep files by their paths in a directory. They declare the same resources, names and properties as a
 * run creates. Throws FederationError `bicep-needs-name` or `bicep-scope-unsupported`.
 */
export function createBicepFiles(
  desired: DesiredState,
  roles: readonly ResolvedRole[],
): Readonly<Record<string, string>> {
  const mark = formatMarkText(desired.mark);
  const parts = roles.map((role, index) => createBicepRole(role, index, mark));
  const { identity } = desired;
  if (identity.kind !== 'application' && identity.kind !== 'managed-identity')
    throw new FederationError('bicep-needs-name', {});
  const isApplication = identity.kind === 'application';
  const main = [
    isApplication
      ? '// Deploy with: az deployment group create --resource-group ANY --template-file main.bicep'
      : '// Deploy with: az deployment group create --resource-group GROUP_OF_THE_IDENTITY --template-file main.bicep',
    ...(isApplication ? ['extension microsoftGraphV1_0'] : []),
    declareParameters(desired),
    isApplication ? declareApplication(identity, desired) : declareManagedIdentity(identity, desired),
    ...parts.map(({ statement }) => statement),
    `output clientId string = ${isApplication ? 'appReg.appId' : 'identity.properties.clientId'}\noutput principalId string = principalId`,
  ];
  return {
    'main.bicep': `${main.join('\n\n')}\n`,
    ...(isApplication && {
      'bicepconfig.json': `${JSON.stringify({ extensions: { microsoftGraphV1_0: graphExtension } }, null, 2)}\n`,
    }),
    ...Object.fromEntries(parts.map(({ moduleFile, moduleText }) => [moduleFile, moduleText])),
  };
}

function declareParameters({ credentials }: DesiredState): string {
  const [first] = credentials;
  return [
    "@description('Issuer URL of the cluster, exactly as in its tokens')",
    `param issuer string = ${formatBicep(first?.issuer ?? '')}`,
    "@description('Audience of the tokens to exchange')",
    `param audience string = ${formatBicep(first?.audiences[0] ?? '')}`,
  ].join('\n');
}

type Identity<K extends WantedIdentity['kind']> = Extract<WantedIdentity, { readonly kind: K }>;

function declareApplication(
  identity: Identity<'application'>,
  { credentials, mark }: Pick<DesiredState, 'credentials' | 'mark'>,
): string {
  const { displayName, ...others } = createApplicationBody({ ...identity, mark });
  const application = { displayName, uniqueName: identity.uniqueName, ...others };
  const entries = credentials.map(({ name, subject, description = '' }) => ({ name, subject, description }));
  const credential = {
    name: reference(`'\${appReg.uniqueName}/\${account.name}'`),
    issuer: reference('issuer'),
    subject: reference('account.subject'),
    audiences: [reference('audience')],
    description: reference('account.description'),
  };
  return [
    `resource appReg 'Microsoft.Graph/applications@v1.0' = ${formatBicep(application)}`,
    `resource appRegSp 'Microsoft.Graph/servicePrincipals@v1.0' = ${formatBicep({ appId: reference('appReg.appId'), tags: formatMarkTags(mark) })}`,
    'var principalId = appRegSp.id',
    `var serviceAccounts = ${formatBicep(entries)}`,
    `@batchSize(1)\nresource federation 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = [for account in serviceAccounts: ${formatBicep(credential)}]`,
  ].join('\n\n');
}

function declareManagedIdentity(
  identity: Identity<'managed-identity'>,
  { credentials, mark }: Pick<DesiredState, 'credentials' | 'mark'>,
): string {
  const resource = {
    name: identity.name,
    location: identity.location ?? reference('resourceGroup().location'),
    tags: formatMarkRecord(mark),
  };
  const credential = {
    parent: reference('identity'),
    name: reference('account.name'),
    properties: {
      issuer: reference('issuer'),
      subject: reference('account.subject'),
      audiences: [reference('audience')],
    },
  };
  const entries = credentials.map(({ name, subject }) => ({ name, subject }));
  const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
  return [
    `resource identity '${formatResourceType(type)}' = ${formatBicep(resource)}`,
    'var principalId = identity.properties.principalId',
    `var serviceAccounts = ${formatBicep(entries)}`,
    `// One after another: Azure rejects concurrent writes to one identity.\n@batchSize(1)\nresource federation '${formatResourceType(type, 'federatedIdentityCredentials')}' = [for account in serviceAccounts: ${formatBicep(credential)}]`,
  ].join('\n\n');
}

/** Writes the files and returns the path of main.bicep. Throws FederationError `bicep-not-written`. */
export async function writeBicep(
  directory: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(directory, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  } catch (error) {
    const values = { directory, problem: errorMessage(error) };
    throw new FederationError('bicep-not-written', values, { cause: error });
  }
  return join(directory, 'main.bicep');
}

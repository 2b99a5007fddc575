import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { applicationBody } from '../objects/application.ts';
import { markRecord, markTags, markText } from '../objects/mark.ts';
import type { Desired } from '../request.ts';
import type { ResolvedRole } from '../roles/roles.ts';
import { bicepRole } from './roles.ts';
import { bicepText, reference } from './text.ts';

// The extension is published as a container image; the version is the one that made it generally available.
const graphExtension = 'br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0';

/** The desired state as Bicep files, by their paths in a folder: the same resources, names and properties as the calls of a run make. */
export function bicepFiles(
  desired: Desired,
  roles: readonly ResolvedRole[],
): Readonly<Record<string, string>> {
  const mark = markText(desired.mark);
  const parts = roles.map((role, index) => bicepRole(role, index, mark));
  const isApplication = desired.identity.kind === 'application';
  const main = [
    isApplication
      ? '// Deploy with: az deployment group create --resource-group <any> --template-file main.bicep'
      : "// Deploy with: az deployment group create --resource-group <the identity's> --template-file main.bicep",
    ...(isApplication ? ['extension microsoftGraphV1_0'] : []),
    parameters(desired),
    isApplication ? applicationPart(desired) : managedIdentityPart(desired),
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

function parameters({ credentials }: Desired): string {
  const [first] = credentials;
  return [
    "@description('Issuer of the cluster, byte for byte as in its tokens')",
    `param issuer string = ${bicepText(first?.issuer ?? '')}`,
    "@description('Audience of the exchanged tokens')",
    `param audience string = ${bicepText(first?.audiences[0] ?? '')}`,
  ].join('\n');
}

function applicationPart(desired: Desired): string {
  const { identity, credentials, mark } = desired;
  if (identity.kind !== 'application') throw notByName();
  const { displayName, ...others } = applicationBody({ ...identity, mark });
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
    `resource appReg 'Microsoft.Graph/applications@v1.0' = ${bicepText(application)}`,
    `resource appRegSp 'Microsoft.Graph/servicePrincipals@v1.0' = ${bicepText({ appId: reference('appReg.appId'), tags: markTags(mark) })}`,
    'var principalId = appRegSp.id',
    `var serviceAccounts = ${bicepText(entries)}`,
    `@batchSize(1)\nresource federation 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = [for account in serviceAccounts: ${bicepText(credential)}]`,
  ].join('\n\n');
}

function managedIdentityPart({ identity, credentials, mark }: Desired): string {
  if (identity.kind !== 'managed-identity') throw notByName();
  const resource = {
    name: identity.name,
    location: identity.location ?? reference('resourceGroup().location'),
    tags: markRecord(mark),
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
    `resource identity '${type}@2024-11-30' = ${bicepText(resource)}`,
    'var principalId = identity.properties.principalId',
    `var serviceAccounts = ${bicepText(entries)}`,
    `// One after another: Azure refuses concurrent writes to one identity.\n@batchSize(1)\nresource federation '${type}/federatedIdentityCredentials@2024-11-30' = [for account in serviceAccounts: ${bicepText(credential)}]`,
  ].join('\n\n');
}

function notByName(): FederationError {
  return new FederationError(
    'failed to write Bicep: an identity that is given by client id has no name to declare',
    {
      code: 'bicep-needs-name',
      hint: 'Set name instead of client-id.',
    },
  );
}

/** Writes the files and gives back the path of main.bicep. Throws FederationError `bicep-not-written`. */
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
    throw new FederationError(`failed to write the Bicep files to ${directory}: ${errorMessage(error)}`, {
      code: 'bicep-not-written',
      hint: 'Set bicep-directory to a folder that the job may write to.',
      cause: error,
    });
  }
  return join(directory, 'main.bicep');
}

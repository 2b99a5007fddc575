import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatBicep, reference } from '../../src/identity/bicep/text.ts';
import { type DeployedResource, deploy } from './bicep-reader.ts';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant();
});
afterAll(() => tenant.close());

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const bodiesOf = (deployed: readonly DeployedResource[], type: string) =>
  deployed.filter((one) => one.type.startsWith(`${type}@`) && !one.existing).map(({ body }) => body);

function roles() {
  const { subscriptionId } = tenant.emulator;
  return [
    'Reader @ subscription',
    'Key Vault Administrator @ resource-group/federation',
    `Key Vault Secrets User @ /subscriptions/${subscriptionId}/resourceGroups/federation/providers/Microsoft.KeyVault/vaults/federation-vault`,
  ].join('\n');
}

/** What the calls of a run left in the tenant, as a deployment of the files would. */
function assignmentsOf(principalId: unknown) {
  return tenant.emulator.azure.resources.roleAssignments
    .filter((one) => one.principalId === principalId)
    .map(({ name, roleId, description }) => ({ name, roleId, description }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function deployedAssignments(deployed: readonly DeployedResource[]) {
  return bodiesOf(deployed, 'Microsoft.Authorization/roleAssignments')
    .map((body) => {
      const { roleDefinitionId, description, principalType } = body.properties as Record<string, string>;
      expect(principalType).toBe('ServicePrincipal');
      return { name: String(body.name), roleId: roleDefinitionId?.split('/').at(-1), description };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

describe('Bicep files of a plan', () => {
  test('declare the same application, credentials and role assignments as a run creates', async () => {
    const folder = join(tenant.folder, 'application');
    const inputs = {
      name: 'as-bicep',
      'display-name': "It's \\ an odd \u0024{name}",
      'service-accounts': 'demo/app\ndemo/other',
      'role-assignments': roles(),
      'bicep-directory': folder,
    };
    const planned = await tenant.federate({ ...inputs, plan: 'true' });
    expect(planned.writes).toEqual([]);
    expect(planned.outputs['bicep-file']).toBe(join(folder, 'main.bicep'));
    const files = filesIn(folder);
    const { outputs } = await tenant.federate(inputs);
    const { emulator } = tenant;
    const application = emulator.azure.directory.applications.find(
      ({ clientId }) => clientId === outputs['client-id'],
    );
    const deployed = deploy(files['main.bicep'] ?? '', {
      ...emulator,
      location: 'westeurope',
      files,
      made: { appReg: { appId: outputs['client-id'] }, appRegSp: { id: outputs['principal-id'] } },
    });
    const [body] = bodiesOf(deployed, 'Microsoft.Graph/applications');
    expect(application?.properties).toMatchObject(body ?? {});
    expect(body).toMatchObject({ uniqueName: inputs.name, signInAudience: 'AzureADMyOrg' });
    const [principal] = bodiesOf(deployed, 'Microsoft.Graph/servicePrincipals');
    const made = emulator.azure.directory.servicePrincipals.find(({ id }) => id === outputs['principal-id']);
    expect({ appId: made?.appId, ...made?.properties }).toMatchObject(principal ?? {});
    const written = application?.credentials.current.map(({ id, name, ...credential }) => ({
      name: `${inputs.name}/${name}`,
      ...credential,
    }));
    expect(bodiesOf(deployed, 'Microsoft.Graph/applications/federatedIdentityCredentials')).toEqual(written);
    expect(deployedAssignments(deployed)).toEqual(assignmentsOf(outputs['principal-id']));
    expect(deployedAssignments(deployed)).toHaveLength(3);
    expect(JSON.parse(files['bicepconfig.json'] ?? '').extensions).toHaveProperty('microsoftGraphV1_0');
  });

  test('declare the same managed identity, credentials and role assignments as a run creates', async () => {
    const folder = join(tenant.folder, 'managed');
    const inputs = {
      identity: 'managed-identity',
      name: 'as-bicep',
      'resource-group': 'federation',
      'service-accounts': 'demo/app\ndemo/other',
      'role-assignments': roles(),
      'bicep-directory': folder,
    };
    await tenant.federate({ ...inputs, plan: 'true' });
    const files = filesIn(folder);
    const { outputs } = await tenant.federate(inputs);
    const { emulator } = tenant;
    const identity = emulator.azure.resources.identities.find(
      ({ clientId }) => clientId === outputs['client-id'],
    );
    const deployed = deploy(files['main.bicep'] ?? '', {
      ...emulator,
      location: 'westeurope',
      files,
      made: {
        identity: { properties: { principalId: outputs['principal-id'], clientId: outputs['client-id'] } },
      },
    });
    const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
    const { name, location, tags } = identity ?? {};
    expect(bodiesOf(deployed, type)).toEqual([{ name, location, tags }]);
    const credentials = bodiesOf(deployed, `${type}/federatedIdentityCredentials`).map((body) => ({
      name: body.name,
      ...(body.properties as object),
    }));
    expect(credentials).toEqual(
      identity?.credentials.current.map((one) => ({
        ...{ name: one.name, issuer: one.issuer, subject: one.subject, audiences: one.audiences },
      })),
    );
    expect(deployedAssignments(deployed)).toEqual(assignmentsOf(outputs['principal-id']));
    expect(files).not.toHaveProperty('bicepconfig.json');
  });

  test('are written even if the job may not read applications, and the error refers to them', async () => {
    const folder = join(tenant.folder, 'forbidden');
    const body = {
      error: {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      },
    };
    tenant.emulator.behaviour.faults.push({
      service: 'graph',
      path: 'forbidden',
      times: 1,
      status: 403,
      body,
    });
    await expect(
      tenant.federate({ name: 'forbidden', plan: 'true', 'bicep-directory': folder }),
    ).rejects.toMatchObject({
      code: 'application-permission-missing',
      hint: expect.stringContaining('bicep-directory'),
    });
    expect(filesIn(folder)['main.bicep']).toContain("uniqueName: 'forbidden'");
  });

  test('are rejected for a scope without a module, and for what a template cannot declare', async () => {
    const directory = join(tenant.folder, 'refused');
    const scope = `/subscriptions/${tenant.emulator.subscriptionId}/resourceGroups/federation/providers/Microsoft.Web/sites/x`;
    const inputs = { plan: 'true', 'bicep-directory': directory };
    await expect(
      tenant.federate({ ...inputs, 'role-assignments': `Key Vault Administrator @ ${scope}` }),
    ).rejects.toMatchObject({ code: 'bicep-scope-unsupported' });
    await expect(tenant.federate({ ...inputs, 'on-exit': 'remove' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

test('formatBicep escapes quotes, backslashes, line ends and what looks like an interpolation', () => {
  const odd = "it's \\ a \u0024{test}\nof";
  const text = `var a = ${formatBicep({ 'odd-name': odd, list: [odd], empty: [], ref: reference('issuer') })}`;
  expect(text).toContain("'odd-name': 'it\\'s \\\\ a \\\u0024{test}\\nof'");
  const file = `param issuer string = 'x'\n${text}\nresource r 'T@1' = {\n  value: a\n}`;
  const context = { subscriptionId: 's', resourceGroup: 'g', location: 'l', made: {}, files: {} };
  const expected = { 'odd-name': odd, list: [odd], empty: [], ref: 'x' };
  expect(deploy(file, context)[0]?.body).toEqual({ value: expected });
});

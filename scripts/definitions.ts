import { definition as federate } from '../src/chain/definition.ts';
import { definition as startMinikube } from '../src/cluster/definition.ts';
import { definition as federateApp } from '../src/identity/definition.ts';
import { definition as publishIssuer } from '../src/issuer/definition.ts';
import { definition as generateKeys } from '../src/keys/definition.ts';
import type { ActionDefinition } from '../src/runtime/index.ts';
import { definition as startEmulator } from '../src/start-emulator/definition.ts';
import { definition as verifyPod } from '../src/verify/definition.ts';
import { definition as installWebhook } from '../src/webhook/definition.ts';

/** The actions in the order of the chain, and the folder of each action.yml: the umbrella's is the root. */
export const actions: readonly { readonly folder: string; readonly definition: ActionDefinition }[] = [
  ...[generateKeys, publishIssuer, startMinikube, federateApp, installWebhook, verifyPod, startEmulator].map(
    (definition) => ({
      folder: `actions/${definition.name}`,
      definition: definition as ActionDefinition,
    }),
  ),
  { folder: '.', definition: federate as ActionDefinition },
];

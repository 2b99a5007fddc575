import type { Provider, ProviderName } from '../provider.ts';

/** Loads a provider. The others are not loaded, nor what they need. */
export async function loadProvider(name: ProviderName): Promise<Provider> {
  switch (name) {
    case 'embedded':
      return (await import('./embedded.ts')).embedded;
    case 'minikube':
      return (await import('./minikube.ts')).minikube;
    case 'kind':
      return (await import('./kind.ts')).kind;
    case 'existing':
      return (await import('./existing.ts')).existing;
  }
}

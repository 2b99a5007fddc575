import { randomUUID } from 'node:crypto';
import { Replicated } from '../replicated.ts';

/** A federated identity credential: the triple that an assertion must carry, byte by byte. */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description?: string | undefined;
}

/** An application or a managed identity: what a client id stands for. */
export interface CredentialOwner {
  readonly clientId: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly credentials: Replicated<readonly FederatedCredential[]>;
}

/** An application object. */
export interface Application extends CredentialOwner {
  /** Object id. */
  readonly id: string;
  /** Everything else that Graph keeps of it, under Graph's names. */
  properties: Readonly<Record<string, unknown>> & {
    readonly displayName: string;
    readonly uniqueName: string | null;
  };
  /** Object ids of the service principals that own it. */
  readonly owners: readonly string[];
  deletedAt: number | undefined;
}

/** A service principal: an application's or a managed identity's account in the tenant. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly kind: 'Application' | 'ManagedIdentity';
  readonly createdAt: number;
  properties: Readonly<Record<string, unknown>> & {
    readonly displayName: string;
    readonly accountEnabled: boolean;
  };
  /** Application permissions of Microsoft Graph that were granted to it. */
  readonly permissions: readonly string[];
  deletedAt: number | undefined;
}

/** The tenant's objects. Managed identities are resources, kept elsewhere; here they have their client id. */
export class Directory {
  readonly applications: Application[] = [];
  readonly servicePrincipals: ServicePrincipal[] = [];
  /** Credentials of managed identities, beside those of applications. */
  readonly identities: CredentialOwner[] = [];

  /** Adds an application. Ids are made unless given. */
  addApplication(
    given: Omit<Application, 'id' | 'clientId' | 'credentials' | 'deletedAt'> & {
      readonly clientId?: string | undefined;
      readonly credentials?: readonly FederatedCredential[];
    },
  ): Application {
    const application: Application = {
      ...given,
      id: randomUUID(),
      clientId: given.clientId ?? randomUUID(),
      credentials: new Replicated(given.credentials ?? [], given.createdAt),
      deletedAt: undefined,
    };
    this.applications.push(application);
    return application;
  }

  /** Adds a service principal for an application or an identity. */
  addServicePrincipal(
    given: Omit<ServicePrincipal, 'id' | 'deletedAt'> & { readonly id?: string | undefined },
  ): ServicePrincipal {
    const principal = { ...given, id: given.id ?? randomUUID(), deletedAt: undefined };
    this.servicePrincipals.push(principal);
    return principal;
  }

  /** What a client id stands for, unless it was deleted. */
  findOwner(clientId: string): CredentialOwner | undefined {
    return (
      this.applications.find((one) => one.deletedAt === undefined && isSameId(one.clientId, clientId)) ??
      this.identities.find((one) => isSameId(one.clientId, clientId))
    );
  }

  /** The account of a client id in the tenant, unless it was deleted. */
  findPrincipal(clientId: string): ServicePrincipal | undefined {
    return this.servicePrincipals.find((one) => one.deletedAt === undefined && isSameId(one.appId, clientId));
  }

  /** An account by its object id, unless it was deleted. */
  findPrincipalById(id: string): ServicePrincipal | undefined {
    return this.servicePrincipals.find((one) => one.deletedAt === undefined && isSameId(one.id, id));
  }

  /** Soft-deletes an application, and its account with it. */
  deleteApplication(application: Application, now: number): void {
    application.deletedAt = now;
    for (const one of this.servicePrincipals)
      if (isSameId(one.appId, application.clientId)) one.deletedAt ??= now;
  }

  /** Brings a soft-deleted application back, with the account that went with it. */
  restoreApplication(application: Application): void {
    for (const one of this.servicePrincipals) {
      const wentAlong = isSameId(one.appId, application.clientId) && one.deletedAt === application.deletedAt;
      if (wentAlong) one.deletedAt = undefined;
    }
    application.deletedAt = undefined;
  }

  /** Takes a soft-deleted application away for good. */
  purgeApplication(application: Application): void {
    remove(this.applications, (one) => one === application);
    this.removePrincipals(application.clientId);
  }

  /** Takes the accounts of a client id away for good. */
  removePrincipals(clientId: string): void {
    remove(this.servicePrincipals, ({ appId }) => isSameId(appId, clientId));
  }
}

/** Ids are GUIDs, whose letters have no case. */
export function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Takes out of an array what fits; whether anything did. */
export function remove<T>(items: T[], fits: (item: T) => boolean): boolean {
  const kept = items.filter((item) => !fits(item));
  const removed = kept.length < items.length;
  items.splice(0, items.length, ...kept);
  return removed;
}

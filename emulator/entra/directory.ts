import { randomUUID } from 'node:crypto';
import { isSameId, remove } from '../items.ts';
import { Replicated } from '../replicated.ts';

/**
 * A federated identity credential: issuer, subject and audience that an assertion must have, byte for byte.
 */
export interface FederatedCredential {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description?: string | undefined;
}

/** An application or a managed identity. */
export interface CredentialOwner {
  readonly clientId: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly credentials: Replicated<readonly FederatedCredential[]>;
}

/** An application object. */
export interface Application extends CredentialOwner {
  /** Object ID. */
  readonly id: string;
  /** Other properties, under their names in Graph. */
  properties: Readonly<Record<string, unknown>> & {
    readonly displayName: string;
    readonly uniqueName: string | null;
  };
  /** Object IDs of the service principals that own it. */
  readonly owners: readonly string[];
  deletedAt: number | undefined;
}

/** A service principal: the account of an application or a managed identity in the tenant. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly kind: 'Application' | 'ManagedIdentity';
  readonly createdAt: number;
  properties: Readonly<Record<string, unknown>> & {
    readonly displayName: string;
    readonly accountEnabled: boolean;
  };
  /** Granted application permissions of Microsoft Graph. */
  readonly permissions: readonly string[];
  deletedAt: number | undefined;
}

/**
 * The objects of the tenant. Managed identities are resources; the directory has their client IDs and
 * credentials.
 */
export class Directory {
  readonly applications: Application[] = [];
  readonly servicePrincipals: ServicePrincipal[] = [];
  /** Managed identities. */
  readonly identities: CredentialOwner[] = [];

  /** Adds an application. IDs are generated unless given. */
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

  /** Finds the application or managed identity of a client ID, unless it was deleted. */
  findOwner(clientId: string): CredentialOwner | undefined {
    return (
      this.applications.find((one) => one.deletedAt === undefined && isSameId(one.clientId, clientId)) ??
      this.identities.find((one) => isSameId(one.clientId, clientId))
    );
  }

  /** Finds the service principal of a client ID, unless it was deleted. */
  findPrincipal(clientId: string): ServicePrincipal | undefined {
    return this.servicePrincipals.find((one) => one.deletedAt === undefined && isSameId(one.appId, clientId));
  }

  /** Finds a service principal by its object ID, unless it was deleted. */
  findPrincipalById(id: string): ServicePrincipal | undefined {
    return this.servicePrincipals.find((one) => one.deletedAt === undefined && isSameId(one.id, id));
  }

  /** Soft-deletes an application and its service principal. */
  deleteApplication(application: Application, now: number): void {
    application.deletedAt = now;
    for (const one of this.servicePrincipals)
      if (isSameId(one.appId, application.clientId)) one.deletedAt ??= now;
  }

  /** Restores a soft-deleted application, and the service principal that was deleted with it. */
  restoreApplication(application: Application): void {
    for (const one of this.servicePrincipals) {
      const wasDeletedWithIt =
        isSameId(one.appId, application.clientId) && one.deletedAt === application.deletedAt;
      if (wasDeletedWithIt) one.deletedAt = undefined;
    }
    application.deletedAt = undefined;
  }

  /** Deletes a soft-deleted application permanently. */
  purgeApplication(application: Application): void {
    remove(this.applications, (one) => one === application);
    this.removePrincipals(application.clientId);
  }

  /** Deletes the service principals of a client ID permanently. */
  removePrincipals(clientId: string): void {
    remove(this.servicePrincipals, ({ appId }) => isSameId(appId, clientId));
  }
}

/**
 * The sample image of the azure-workload-identity quick start. It reads a secret every minute, and never
 * ends.
 */
export const sampleImage = 'ghcr.io/azure/azure-workload-identity/msal-go:latest';

/** A small public image with sh and curl, for the built-in probe. */
export const probeImage = 'docker.io/curlimages/curl:8.15.0';

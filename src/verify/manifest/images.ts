/** The image of the quick start that the manual steps run: it reads a secret every minute, and never ends. */
export const blogImage = 'ghcr.io/azure/azure-workload-identity/msal-go:latest';

/** A small public image with sh and curl, for the built-in probe. */
export const probeImage = 'docker.io/curlimages/curl:8.15.0';

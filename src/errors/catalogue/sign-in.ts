import { defineErrors } from './entry.ts';

/** Errors of the job's own sign-in to Azure. */
export const signInErrors = defineErrors({
  'azure-sign-in-untrusted': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Add a federated credential for this job to the application {clientId}.{advice}',
    means:
      'The application does not trust this repository, branch or environment. Repositories that were created, renamed or transferred since July 2026 have subjects that contain IDs.',
    sees: ['AADSTS70021…', 'AADSTS700211', 'AADSTS700212', 'AADSTS700213', 'AADSTS7002138', 'AADSTS7000226'],
  },
  'azure-sign-in-unknown': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Check that `azure-client-id` ({clientId}) is registered in the tenant `azure-tenant-id`, that `azure-environment` is its cloud, and that it has a service principal:\n  az ad sp create --id {clientId}',
    means:
      'The tenant has no such application, the cloud has no such tenant, or the application has no service principal.',
    sees: ['AADSTS700016', 'AADSTS90002', 'AADSTS900023', 'AADSTS900021', 'AADSTS7000229'],
  },
  'azure-sign-in-issuer-unread': {
    message: 'failed to sign in to Azure: {problem}',
    hint: "Run the job again in a few minutes. If the error remains, check that the issuer of the job's token serves its discovery document and JWKS to anonymous clients on the internet.",
    means: 'Entra ID could not fetch the documents of the issuer that signed the token of the job.',
    sees: ['AADSTS50166', 'AADSTS501661'],
  },
  'azure-sign-in-switched-off': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Ask the administrator of the tenant to allow federated credentials for the issuer of the job.',
    means: 'A policy of the tenant or of Microsoft switched workload identity federation off.',
    sees: ['AADSTS700223', 'AADSTS700238'],
  },
  'azure-sign-in-blocked': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Ask the administrator of the tenant to exclude the application {clientId} from the Conditional Access policy for workload identities.',
    means: 'A Conditional Access policy blocks this sign-in.',
    sees: ['AADSTS53003'],
  },
  'federated-token-expired': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'If you set AZURE_FEDERATED_TOKEN_FILE, write a new token to the file; start-emulator does that when it runs again. With the OIDC token of GitHub, synchronize the clock of the runner.',
    means: 'The federated token has expired, or a clock is wrong.',
    sees: ['AADSTS700024'],
  },
  'azure-sign-in-failed': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Follow the text of the answer. https://login.microsoftonline.com/error explains an AADSTS number.',
    means:
      'The sign-in failed for a reason that the actions do not know. The answer is shown as it was received.',
    sees: ['any other refusal during the sign-in'],
  },
  'federated-token-unreadable': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Set AZURE_FEDERATED_TOKEN_FILE to an existing file, or unset it: {file}',
    means: 'The token file does not exist, for example, because start-emulator was stopped.',
  },
  'azure-sign-in-incomplete': {
    message: 'failed to sign in to Azure: `{input}` is missing',
    hint: 'Set `azure-client-id` and `azure-tenant-id`, or run azure/login before this step.',
  },
  'azure-sign-in-missing': {
    message: 'failed to sign in to Azure: found no `azure-client-id`, no federated token file and no az CLI',
    hint: 'Set `azure-client-id`, `azure-tenant-id` and `azure-subscription-id`, and add `permissions: id-token: write` to the job. Without a tenant of your own, run start-emulator before this step.',
  },
  'azure-session-expired': {
    message: 'failed to sign in to Azure: {problem}',
    hint: 'Set `azure-client-id` to sign in with the OIDC token of GitHub, or run azure/login before this step. On your own machine, run az login.',
    means: 'The az CLI is not signed in, or its session has expired.',
    sees: ["Please run 'az login'", 'AADSTS700082', 'AADSTS50173'],
  },
  'azure-session-elsewhere': {
    message:
      'failed to sign in to Azure: expected a session of the az CLI in {expected}, found one in {found}',
    hint: 'Correct `azure-environment`, or switch the az CLI to the other cloud:\n  az cloud set --name {expected} && az login',
    means: 'The az CLI is signed in to another cloud.',
  },
  'github-oidc-failed': {
    fault: 'service',
    message: 'failed to fetch the OIDC token of GitHub: {problem}',
    hint: 'Run the job again, see https://www.githubstatus.com. The job needs `permissions: id-token: write`.',
    means: 'The endpoint of GitHub did not answer, although the action retried, or rejected the request.',
  },
  'github-oidc-permission-missing': {
    message: 'failed to sign in to Azure: the job may not request an OIDC token of GitHub',
    hint: 'Add the permission to the job, and to the calling job of a reusable workflow:\n  permissions:\n    id-token: write\n    contents: read',
    means: 'GitHub issues an OIDC token only to jobs that ask for the permission.',
  },
  'github-oidc-fork': {
    message: 'failed to sign in to Azure: GitHub issues no OIDC token to jobs of a pull request from a fork',
    hint: 'Use start-emulator for pull requests, and sign in to Azure on pushes only:\n  if: github.event.pull_request.head.repo.fork != true',
    means: 'Jobs of such pull requests get no token, whatever their permissions are.',
  },
  'github-oidc-unavailable': {
    message:
      'failed to sign in to Azure: this process does not run in GitHub Actions, which issues the OIDC token',
    hint: 'Remove `azure-client-id` and run az login, or set AZURE_FEDERATED_TOKEN_FILE.',
    means: '`azure-client-id` alone is not enough outside of GitHub Actions.',
  },
});

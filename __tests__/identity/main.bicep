// Deploy with: az deployment group create --resource-group ANY --template-file main.bicep

extension microsoftGraphV1_0

@description('Issuer URL of the cluster, exactly as in its tokens')
param issuer string = 'https://issuer.example/'
@description('Audience of the tokens to exchange')
param audience string = 'api://AzureADTokenExchange'

resource appReg 'Microsoft.Graph/applications@v1.0' = {
  displayName: 'phcloudbrewkubeid'
  uniqueName: 'phcloudbrewkubeid'
  signInAudience: 'AzureADMyOrg'
  requiredResourceAccess: [
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000'
      resourceAccess: [
        {
          id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d'
          type: 'Scope'
        }
      ]
    }
  ]
  tags: [
    'entra-kubernetes-federation'
    'owner:octo/cluster'
  ]
}

resource appRegSp 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: appReg.appId
  tags: [
    'entra-kubernetes-federation'
    'owner:octo/cluster'
  ]
}

var principalId = appRegSp.id

var serviceAccounts = [
  {
    name: 'k8s-phcloudbrew-phcloudbrewapp-d80c37396a9c1e59'
    subject: 'system:serviceaccount:phcloudbrew:phcloudbrewapp'
    description: 'Service account phcloudbrew/phcloudbrewapp, by entra-kubernetes-federation for octo/cluster'
  }
]

@batchSize(1)
resource federation 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = [for account in serviceAccounts: {
  name: '${appReg.uniqueName}/${account.name}'
  issuer: issuer
  subject: account.subject
  audiences: [
    audience
  ]
  description: account.description
}]

// Key Vault Secrets User
module role1 'modules/key-vault-role.bicep' = {
  name: 'federation-role-fcc9f858'
  scope: resourceGroup('0d4c1b7e-3a92-4f6d-8e15-b7c2a9f0d364', 'federation')
  params: {
    resourceName: 'federation-vault'
    principalId: principalId
    roleId: '4633458b-17de-408a-b874-0445c86b69e6'
    mark: 'entra-kubernetes-federation owner:octo/cluster'
  }
}

output clientId string = appReg.appId
output principalId string = principalId

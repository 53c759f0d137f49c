// What stays when the bot is deployed anew: identity, key vault, database, network, logs. Deploy it once, then put the
// secrets into the vault (README.md), then deploy app.bicep.
targetScope = 'resourceGroup'

@description('Begins the names of everything.')
@minLength(3)
@maxLength(12)
param name string = 'locksmith'
param location string = resourceGroup().location
@secure()
@description('Of the database. Letters and digits only, 32 or more: it becomes part of an address.')
@minLength(32)
param databasePassword string
@description('35 connections, which eight replicas of four each do not use up; README.md has the sum for more.')
param databaseSku object = { name: 'Standard_B1ms', tier: 'Burstable' }
@allowed(['Disabled', 'SameZone', 'ZoneRedundant'])
@description('A standby of the database needs a tier above Burstable.')
param databaseStandby string = 'Disabled'
@description('Object id of the one who puts the secrets into the vault: az ad signed-in-user show --query id -o tsv')
param operatorObjectId string
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorType string = 'User'
@description('A container registry in this resource group that the app pulls its image from; empty: none.')
param registryName string = ''

var unique = uniqueString(resourceGroup().id)
var secretsOfficer = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7')
var mayPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}-${take(unique, 8)}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // Without the sealing key and the audit key a backup is worth nothing, so no one can delete them for good by mistake.
    enablePurgeProtection: true
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: secretsUser
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Owning the subscription is not enough: a vault with roles lets no one in who has none of its own.
resource maySetSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, operatorObjectId, secretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: secretsOfficer
    principalId: operatorObjectId
    principalType: operatorType
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (!empty(registryName)) {
  name: empty(registryName) ? 'none00' : registryName
}

resource mayPullImage 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registryName)) {
  name: guid(resourceGroup().id, registryName, identity.id, mayPull)
  scope: registry
  properties: {
    roleDefinitionId: mayPull
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.40.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.40.2.0/28'
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
      {
        // For the machine from which somebody signs in to Partner Center; empty otherwise.
        name: 'operator'
        properties: { addressPrefix: '10.40.3.0/28' }
      }
    ]
  }

  resource apps 'subnets' existing = { name: 'apps' }
  resource database 'subnets' existing = { name: 'database' }
}

resource databaseNames 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${take(unique, 8)}'
  location: location
  sku: databaseSku
  properties: {
    version: '16'
    administratorLogin: 'locksmith'
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32, autoGrow: 'Enabled' }
    // Point-in-time restore reaches back so many days; README.md says what to do before a restored one is used.
    backup: { backupRetentionDays: 35, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: databaseStandby }
    network: {
      delegatedSubnetResourceId: network::database.id
      privateDnsZoneArmResourceId: databaseNames.id
    }
  }
  dependsOn: [databaseNames::link]

  resource database 'databases' = {
    name: 'locksmith'
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  }
}

resource databaseUrl 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-url'
  properties: {
    value: 'postgres://locksmith:${databasePassword}@${server.properties.fullyQualifiedDomainName}:5432/locksmith?sslmode=verify-full'
  }
  dependsOn: [server::database]
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 90 }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: network::apps.id, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

output vaultName string = vault.name
output identityName string = identity.name
output identityClientId string = identity.properties.clientId
output environmentName string = environment.name

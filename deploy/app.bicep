// The bot: a container app and its registration as a bot in Teams. Deployed anew with every version; what stays is in
// foundation.bicep.
targetScope = 'resourceGroup'

@minLength(3)
@maxLength(12)
param name string = 'locksmith'
param location string = resourceGroup().location
@description('With its digest: registry/locksmith@sha256:…')
param image string
@description('An Azure Container Registry that the identity may pull from (registryName in foundation.bicep); empty for a public one.')
param registry string = ''
param vaultName string
param identityName string = '${name}-identity'
param environmentName string = '${name}-environment'

@allowed(['UserAssignedMsi', 'SingleTenant'])
@description('UserAssignedMsi: the identity is the bot, and there is no password. SingleTenant: an app registration of your own, its password in the vault as bot-password.')
param botType string = 'UserAssignedMsi'
@description('Of the app registration, with SingleTenant.')
param botAppId string = ''
@description('Whose users may talk to the bot.')
param allowedTenantIds array = [tenant().tenantId]
param partnerCenterTenantId string = tenant().tenantId
param partnerCenterClientId string
@allowed(['message', 'reveal'])
param passwordDelivery string = 'message'
@description('The policy file as text, for example by loadTextContent or --parameters policy=@policy.json. It holds no secret.')
param policy string
@description('Further settings of docs/settings.md by their names, as { TICKET_SYSTEM: "halopsa", MICROSOFT_GRAPH: "on" }: none that stands below, and no secret.')
param moreSettings object = {}
@description('Further secrets: the name of the setting, and the name of its secret in the vault, as { HALOPSA_CLIENT_SECRET: "halopsa-secret" }.')
param moreSecrets object = {}
@description('Whether the vault holds partner-center-certificate, key and certificate in PEM, in place of partner-center-secret.')
param hasPartnerCenterCertificate bool = false
@description('Any other text than the last time makes a new revision, which reads the secrets in the vault anew.')
param secretsRound string = ''
@description('Whether the vault holds alert-webhook-url.')
param hasAlertWebhook bool = false
@description('Address ranges (CIDR) that may reach the bot, for example those of the service tag AzureBotService; none: everybody.')
param allowedAddressRanges array = []
@description('How long a start may take before it is begun again: an upgrade may have a large table to change.')
@minValue(1)
@maxValue(40)
param startMinutes int = 5
@minValue(1)
param minReplicas int = 2
@maxValue(10)
@description('Each takes four connections of the database, and in an upgrade twice as many run: README.md.')
param maxReplicas int = 4
@description('A container beside the bot, with its configuration inside (README.md), that reads http://127.0.0.1:9464/metrics in every replica and sends it on; empty: none, and no metrics.')
param metricsCollectorImage string = ''

var isManaged = botType == 'UserAssignedMsi'
var appId = isManaged ? identity.properties.clientId : botAppId
// Named for what is in it: a secret that changes makes no new revision by itself, and somebody who was removed from the
// policy would keep their right until a restart.
var policyVolume = 'policy-${uniqueString(policy, secretsRound)}'
var hasCollector = !empty(metricsCollectorImage)
// The name of a secret here and in the vault, and the setting that it is.
var kept = concat(
  [
    { name: 'database-url', setting: 'DATABASE_URL' }
    { name: 'sealing-key', setting: 'SEALING_KEY' }
    { name: 'audit-key', setting: 'AUDIT_KEY' }
  ],
  hasPartnerCenterCertificate
    ? [{ name: 'partner-center-certificate', setting: 'PARTNER_CENTER_CLIENT_CERTIFICATE' }]
    : [{ name: 'partner-center-secret', setting: 'PARTNER_CENTER_CLIENT_SECRET' }],
  isManaged ? [] : [{ name: 'bot-password', setting: 'MicrosoftAppPassword' }],
  hasAlertWebhook ? [{ name: 'alert-webhook-url', setting: 'ALERT_WEBHOOK_URL' }] : [],
  map(items(moreSecrets), one => { name: one.value, setting: one.key })
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = { name: vaultName }
resource environment 'Microsoft.App/managedEnvironments@2024-03-01' existing = { name: environmentName }

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      // A new revision takes over when it is ready; the old one then gets SIGTERM.
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
        ipSecurityRestrictions: map(allowedAddressRanges, range => {
          name: 'allow-${uniqueString(range)}'
          ipAddressRange: range
          action: 'Allow'
        })
      }
      registries: empty(registry) ? [] : [{ server: registry, identity: identity.id }]
      secrets: concat(
        map(kept, one => {
          name: one.name
          keyVaultUrl: '${vault.properties.vaultUri}secrets/${one.name}'
          identity: identity.id
        }),
        [{ name: 'policy', value: policy }]
      )
    }
    template: {
      // The bot serves on until the ingress has heard of it, and finishes or hands over, within ten seconds in all.
      terminationGracePeriodSeconds: 30
      containers: concat(
        [
          {
            name: 'locksmith'
            image: image
            resources: { cpu: json('0.5'), memory: '1Gi' }
            env: concat(
              [
                { name: 'NODE_ENV', value: 'production' }
                { name: 'PORT', value: '3978' }
                { name: 'HOST', value: '0.0.0.0' }
                { name: 'MicrosoftAppType', value: botType }
                { name: 'MicrosoftAppId', value: appId }
                { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
                { name: 'ALLOWED_TENANT_IDS', value: join(allowedTenantIds, ',') }
                { name: 'PARTNER_CENTER_TENANT_ID', value: partnerCenterTenantId }
                { name: 'PARTNER_CENTER_CLIENT_ID', value: partnerCenterClientId }
                { name: 'PASSWORD_DELIVERY', value: passwordDelivery }
                { name: 'POLICY_FILE', value: '/etc/locksmith/policy.json' }
                { name: 'LOG_LEVEL', value: 'info' }
              ],
              hasCollector
                ? [
                    { name: 'METRICS_PORT', value: '9464' }
                    { name: 'METRICS_HOST', value: '127.0.0.1' }
                  ]
                : [],
              map(items(moreSettings), one => { name: one.key, value: string(one.value) }),
              map(kept, one => { name: one.setting, secretRef: one.name })
            )
            volumeMounts: [{ volumeName: policyVolume, mountPath: '/etc/locksmith' }]
            probes: [
              {
                type: 'Startup'
                httpGet: { path: '/livez', port: 3978 }
                // More than ten failures are not allowed here, so each has a tenth of the time.
                periodSeconds: startMinutes * 6
                failureThreshold: 10
              }
              {
                type: 'Liveness'
                httpGet: { path: '/livez', port: 3978 }
                periodSeconds: 10
                timeoutSeconds: 5
                failureThreshold: 3
              }
              {
                type: 'Readiness'
                httpGet: { path: '/readyz', port: 3978 }
                periodSeconds: 5
                timeoutSeconds: 5
                failureThreshold: 2
              }
            ]
          }
        ],
        hasCollector
          ? [{ name: 'metrics', image: metricsCollectorImage, resources: { cpu: json('0.25'), memory: '0.5Gi' } }]
          : []
      )
      volumes: [
        {
          name: policyVolume
          storageType: 'Secret'
          secrets: [{ secretRef: 'policy', path: 'policy.json' }]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [{ name: 'messages', http: { metadata: { concurrentRequests: '20' } } }]
      }
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'S1' }
  properties: {
    displayName: 'Locksmith'
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppType: isManaged ? 'UserAssignedMSI' : 'SingleTenant'
    msaAppId: appId
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: isManaged ? identity.id : null
    // Teams is the only way in: no Direct Line, no web chat, no keys that would open them.
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel', properties: { isEnabled: true, enableCalling: false } }
  }
}

output endpoint string = bot.properties.endpoint
output appId string = appId

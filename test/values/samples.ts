/** Snippets as Salesforce's Setup gives them, with invented values. */

export const DEPLOYMENT_CODE = `<script type='text/javascript' src='https://c.la3-c2-ia4.salesforceliveagent.com/content/g/js/60.0/deployment.js'></script>
<script type='text/javascript'>
liveagent.init('https://d.la3-c2-ia4.salesforceliveagent.com/chat', '5728Z000000Xv2K', '00D8Z000001kQ7P');
</script>
`;

export const BUTTON_CODE = `<img id="liveagent_button_online_5738Z000000Rt9M" style="display: none" onclick="liveagent.startChat('5738Z000000Rt9M')" src="https://acme.my.salesforce.com/resource/online.png" />
<div id="liveagent_button_offline_5738Z000000Rt9M" style="display: none"><!-- Nobody's here --></div>
<script type="text/javascript">
if (!window._laq) { window._laq = []; }
window._laq.push(function () {
  liveagent.showWhenOnline('5738Z000000Rt9M', document.getElementById('liveagent_button_online_5738Z000000Rt9M'));
  liveagent.showWhenOffline('5738Z000000Rt9M', document.getElementById('liveagent_button_offline_5738Z000000Rt9M'));
});
</script>
`;

export const EMBEDDED_SERVICE_CODE = `<script src='https://service.force.com/embeddedservice/5.0/esw.min.js'></script>
<script>
var initESW = function (gslbBaseURL) {
  embedded_svc.settings.displayHelpButton = true;
  //embedded_svc.settings.storageDomain = 'https://d.old.salesforceliveagent.com/chat';
  embedded_svc.settings.enabledFeatures = ['LiveAgent'];
  embedded_svc.init(
    'https://acme.my.salesforce.com',
    'https://acme.my.site.com/support',
    gslbBaseURL,
    '00D8Z000001kQ7P',
    'Web_Support',
    {
      baseLiveAgentContentURL: 'https://c.la3-c2-ia4.salesforceliveagent.com/content',
      deploymentId: '5728Z000000Xv2K',
      buttonId: '5738Z000000Rt9M',
      baseLiveAgentURL: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat',
      eswLiveAgentDevName: 'EmbeddedServiceLiveAgent_Parent04I8Z000000Gq5BUAS_18f3a1c27d0',
      isOfflineSupportEnabled: false
    }
  );
};
</script>
`;

export const WEB_SNIPPET = `<script type='text/javascript'>
  function initEmbeddedMessaging() {
    try {
      embeddedservice_bootstrap.settings.language = 'en_US'; // 'en' or 'en_US'
      embeddedservice_bootstrap.init(
        '00D8Z000001kQ7P',
        'Acme_Web',
        'https://acme.my.site.com/ESWAcmeWeb1700000000000',
        {
          scrt2URL: 'https://acme.my.salesforce-scrt.com'
        }
      );
    } catch (error) {
      console.error('It could not be loaded: ', error);
    }
  }
</script>
<script type='text/javascript' src='https://acme.my.site.com/ESWAcmeWeb1700000000000/assets/js/bootstrap.min.js' onload='initEmbeddedMessaging()'></script>
`;

export const CUSTOM_CLIENT_JSON = `{
  "OrganizationId": "00D8Z000001kQ7P",
  "DeveloperName": "Acme_Bot",
  "Url": "https://acme.my.salesforce-scrt.com"
}
`;

export const LEGACY = {
  liveAgentUrl: 'https://d.la3-c2-ia4.salesforceliveagent.com/chat',
  orgId: '00D8Z000001kQ7P',
  deploymentId: '5728Z000000Xv2K',
  buttonId: '5738Z000000Rt9M',
} as const;

export const MESSAGING = {
  orgId: '00D8Z000001kQ7P',
  baseUrl: 'https://acme.my.salesforce-scrt.com',
  developerName: 'Acme_Bot',
} as const;

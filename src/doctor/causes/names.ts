import { because, type Causes } from './cause.ts';

const REFUSED = 'The token is refused with an empty 400, or one that does not say why.';
const NAME = 'Copy DeveloperName from the deployment’s Code Snippet; capitals matter.';

/** The developer name, values together, and what a paste can hold. */
export const NAME_CAUSES: Causes = {
  VALUE_MISSING: because(
    'Kore.ai’s form cannot be completed.',
    'The value is not in the flags, the environment, the file or the profile.',
    'Give it; the hint says where it stands in Setup.',
    'miaw.2',
  ),
  ID_INSTEAD_OF_NAME: because(REFUSED, 'Developer Name holds a record ID.', NAME, 'miaw.2'),
  UUID_INSTEAD_OF_NAME: because(
    REFUSED,
    'Developer Name holds the identifier of a channel or conversation.',
    NAME,
    'miaw.2',
  ),
  URL_INSTEAD_OF_NAME: because(REFUSED, 'Developer Name holds an address.', NAME, 'miaw.2'),
  LIVE_CHAT_NAME: because(
    REFUSED,
    'The name is one of legacy Embedded Chat (EmbeddedServiceLiveAgent_Parent…).',
    NAME,
    'miaw.2',
  ),
  LABEL_INSTEAD_OF_NAME: because(
    REFUSED,
    'The name has blanks, as labels have; an API name has underscores.',
    NAME,
    'miaw.2',
  ),
  NAME_CHARACTERS: because(
    REFUSED,
    'An API name has letters, digits and underscores, and starts with a letter.',
    NAME,
    'miaw.2',
  ),
  NAME_UNDERSCORES: because(
    REFUSED,
    'Two underscores in a row, or one at the end, do not occur in API names.',
    NAME,
    'miaw.2',
  ),
  NAME_LONG: because(REFUSED, 'The name is longer than such names can be.', NAME, 'miaw.2'),
  SITE_NAME: because(
    REFUSED,
    'The name is built like that of a web deployment’s site (ESW… and 13 digits).',
    NAME,
    'miaw.2',
  ),
  WEB_SNIPPET_DEVELOPER_NAME: because(
    'Salesforce says that the deployment type must be api.',
    'The name was read from a web snippet, and web deployments refuse the bot’s token.',
    'Create a deployment of type Custom Client on the same channel and use its name.',
    'miaw.1',
  ),
  VALUES_SWAPPED: because(
    'Salesforce refuses everything.',
    'Each of two values is right in the other’s field.',
    'Swap them.',
    'live-chat.6',
  ),
  VALUE_MISPLACED: because(
    'Salesforce refuses everything.',
    'A value is right in another field than its own.',
    'Move it to the field that the finding names.',
    'live-chat.6',
  ),
  VALUE_DOUBLED: because(
    'Salesforce refuses everything.',
    'Two fields hold the same text.',
    'Copy the one again that the finding names.',
    'live-chat.6',
  ),
  CHANNEL_MIXED: because(
    'It is not clear which channel is meant.',
    'Values of Live Chat and of MIAW were given together.',
    'Say which: --channel miaw or --channel live-chat.',
    'prerequisite',
  ),
  OTHER_CHANNEL_VALUES: because(
    'Some of the values are not used.',
    'They belong to the other channel.',
    'Use --channel if the other one is meant; else leave them away.',
    'prerequisite',
  ),
  SEVERAL_ORGS: because(
    'Values of two orgs may be mixed.',
    'The paste holds more than one Organization ID.',
    'Paste only the snippet that is meant.',
    'miaw.2',
  ),
  SEVERAL_VALUES: because(
    'Another value than the intended one may be used.',
    'The paste holds several for one field.',
    'Paste only the snippet that is meant.',
    'miaw.2',
  ),
  SITE_OF_OTHER_ORG: because(
    'Values of two orgs may be mixed.',
    'The paste names a site whose My Domain is another.',
    'Copy the whole snippet of one org.',
    'miaw.2',
  ),
  VALUES_IN_COMMENT: because(
    'The values may be old.',
    'They were found in a comment of the pasted code.',
    'Check that they are the ones in use.',
    'prerequisite',
  ),
  NOT_LITERAL: because(
    'A value could not be read from the pasted code.',
    'A variable stands where the text belongs.',
    'Paste the value itself; sf-handoff never runs what is pasted.',
    'miaw.2',
  ),
  PROFILE_CHOSEN: because(
    'One of several profiles was read from the paste.',
    'The file names a default, or the first one was taken.',
    'Name another with --profile.',
    'prerequisite',
  ),
  INVITATION_BUTTON: because(
    'Chats never arrive though agents are online.',
    'The ID was read from an automatic invitation, not from a button.',
    'Copy the ID of the chat button.',
    'live-chat.5',
  ),
  SUPPRESSION_EXPIRED: because(
    'A finding that was suppressed shows again.',
    'The “until” of a suppression in the project file has passed.',
    'Mend what was suppressed, or give the suppression a new end and a reason why.',
  ),
  SUPPRESSION_INCOMPLETE: because(
    'A suppression in the project file has no effect.',
    'It lacks the cause or check, the reason, or the day on which it ends.',
    'Write all of them: { "cause": "…", "reason": "…", "until": "2026-12-31" }.',
  ),
};

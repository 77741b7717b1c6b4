import { because, type Causes } from './cause.ts';

const NO_CHAT = 'Salesforce answers as if the org, deployment or button did not exist.';

/** Record ids: organization, deployment, button. */
export const ID_CAUSES: Causes = {
  ID_LENGTH: because(
    NO_CHAT,
    'The value has neither 15 nor 18 characters.',
    'Copy the whole ID again; part of it was left behind, or something else came along.',
    'miaw.2',
  ),
  ID_CHARACTERS: because(
    NO_CHAT,
    'The value holds something other than letters and digits.',
    'Copy the ID alone, without the text around it.',
    'miaw.2',
  ),
  ID_FOREIGN_CHARACTER: because(
    NO_CHAT,
    'A letter looks Latin and is of another alphabet.',
    'Copy the ID from Salesforce instead of a document that was typed or translated.',
    'miaw.2',
  ),
  ID_PREFIX_UNKNOWN: because(
    NO_CHAT,
    'The first three characters belong to no object that has a place here.',
    'Take the ID that starts with 00D (organization), 572 (deployment) or 573 (button).',
    'live-chat.3',
  ),
  ID_PREFIX_CASE: because(
    NO_CHAT,
    'The first three characters are right but for their capitals.',
    'Write 00D with a capital D; the program shows the whole ID as it should be.',
    'miaw.2',
  ),
  ID_LOOKALIKE: because(
    NO_CHAT,
    'The first three characters are right but for a digit that looks like a letter.',
    'Copy the ID instead of retyping it: 0 and O, 1, l and I, 5 and S are easily confused.',
    'miaw.2',
  ),
  ID_CASE_LOST: because(
    NO_CHAT,
    'All letters are of one case, and nothing in the ID tells which were capitals.',
    'Copy it again from Salesforce, not from a spreadsheet or a ticket that changed the capitals.',
    'miaw.2',
  ),
  ID_CASE_FOLDED: because(
    NO_CHAT,
    'At least six letters of the 15-character ID are all of one case, which hardly ever happens.',
    'Compare it with the original in Setup.',
    'miaw.2',
  ),
  ID_CASE_RESTORED: because(
    'The ID was given in small letters only, or in capitals only.',
    'The last three of the 18 characters tell which letters are capitals, and were used to restore them.',
    'Enter the restored ID.',
    'miaw.2',
  ),
  ID_SUFFIX_WRONG: because(
    NO_CHAT,
    'The last three of the 18 characters do not fit the 15 in front of them.',
    'Copy it again: a character or its case is wrong, or two IDs were mixed. The finding names the suffix that would fit.',
    'miaw.2',
  ),
  ID_SUFFIX_CASE: because(
    'The ID works, but its last three characters are in small letters.',
    'The suffix fits once it is in capitals.',
    'Enter the 15 characters in front of it.',
    'miaw.2',
  ),
  ID_SHORTENED: because(
    'An 18-character ID was given where 15 are wanted.',
    'The last three characters are a check on the others and fit.',
    'Enter the first 15 characters at Kore.ai: the longer form is refused by the event stream.',
    'miaw.2',
  ),
  ID_HAD_BLANKS: because(
    'The ID had blanks or hyphens in it.',
    'Without them it is a right ID.',
    'Enter it without.',
    'miaw.2',
  ),
  ID_FROM_TEXT: because(
    'The ID stood in a longer text.',
    'Exactly one ID of the right kind was found in it.',
    'Enter the ID alone.',
    'miaw.2',
  ),
  ID_FROM_URL: because(
    'An address was given where an ID belongs.',
    'The ID of the right kind stands in the address.',
    'Enter the ID alone.',
    'live-chat.4',
  ),
  ID_FROM_SETUP_URL: because(
    'An address of Lightning Setup was given where an ID belongs.',
    'The ID of the right kind stands in the address.',
    'Enter the ID alone.',
    'live-chat.4',
  ),
  URL_WITHOUT_ID: because(
    NO_CHAT,
    'An address was given where an ID belongs, and no ID of that kind is in it.',
    'Open the record in Setup and copy its ID.',
    'live-chat.4',
  ),
  NAME_INSTEAD_OF_ID: because(
    NO_CHAT,
    'A name was given where a record ID belongs.',
    'Copy the ID: 15 characters, not the name of the record.',
    'live-chat.4',
  ),
  ID_OF_OTHER_FIELD: because(
    NO_CHAT,
    'The ID is of an object that belongs into another field.',
    'Move it to the field that the finding names.',
    'live-chat.4',
  ),
  ID_OF_OTHER_OBJECT: because(
    NO_CHAT,
    'The ID is of an object that has no place in this form.',
    'Copy the ID of the right record; the finding says what this one is.',
    'live-chat.4',
  ),
  BUTTON_ID_IN_DEPLOYMENT_ID: because(
    NO_CHAT,
    'Deployment ID starts with 573, which is a chat button.',
    'Enter the ID that starts with 572: the second argument of liveagent.init.',
    'live-chat.4',
  ),
  DEPLOYMENT_ID_IN_ORG_ID: because(
    NO_CHAT,
    'Organization ID starts with 572, which is a deployment.',
    'Enter the ID that starts with 00D: the third argument of liveagent.init.',
    'live-chat.3',
  ),
  ACCESS_TOKEN_PASTED: because(
    'A field or a paste holds a secret.',
    'It has the form of an access token, session key or password.',
    'No handoff needs one. Take it out, and revoke it if it was pasted anywhere else.',
    'prerequisite',
  ),
};

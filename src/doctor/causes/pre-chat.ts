import { because, type Causes } from './cause.ts';

const LOST = 'The agent does not see the value, and nobody is told.';

/** Values that the bot passes on with the chat. */
export const PRE_CHAT_CAUSES: Causes = {
  PRE_CHAT_NAME_EMPTY: because(
    LOST,
    'A pre-chat value has no name.',
    'Name it after its Channel Variable Name.',
    'metadata.1',
  ),
  PRE_CHAT_NAME_BLANKS: because(LOST, 'The name begins or ends in a blank.', 'Write it without.', 'metadata.1'),
  PRE_CHAT_NAME_CASE: because(
    LOST,
    'The published form has the name with other capitals.',
    'Write it as the form has it.',
    'metadata.4',
  ),
  PRE_CHAT_NAME_TWICE: because(
    'One of two values wins, and nobody knows which.',
    'Two names differ only in their capitals.',
    'Keep the one that equals the Channel Variable Name.',
    'metadata.1',
  ),
  PRE_CHAT_STANDARD_NAME: because(
    LOST,
    'The name is a standard field’s without its leading underscore.',
    'Write _firstName, _lastName, _email or _subject.',
    'metadata.1',
  ),
  PRE_CHAT_LIKE_STANDARD: because(
    'The value may arrive in another field than expected.',
    'The name resembles a standard field.',
    'Write the standard name if that is meant; a custom parameter may keep its own.',
    'metadata.1',
  ),
  PRE_CHAT_NOT_A_STRING: because(
    'Salesforce refuses the conversation.',
    'The value is a number, a list or an object; only texts are accepted.',
    'Put the value in quotes.',
    'metadata.1',
  ),
  PRE_CHAT_LONG: because(
    'Salesforce may refuse the conversation.',
    'The value is longer than a text field holds.',
    'Shorten it, or check the Maximum Length of field and parameter.',
    'metadata.3',
  ),
  PRE_CHAT_NOT_IN_FORM: because(
    LOST,
    'The published form has no field of that name, and Salesforce drops what it does not know.',
    'Add the field to the pre-chat form, then Publish the deployment.',
    'metadata.4',
  ),
  PRE_CHAT_REQUIRED_MISSING: because(
    'Salesforce refuses the conversation, or asks for the form again.',
    'The published form requires a field that the profile does not pass.',
    'Pass it, or make the field optional and Publish.',
    'metadata.4',
  ),
  PRE_CHAT_TOO_LONG: because(
    'Salesforce refuses the conversation.',
    'The value is longer than the published field allows.',
    'Shorten it, or raise the Maximum Length and Publish.',
    'metadata.4',
  ),
  PRE_CHAT_NOT_A_CHOICE: because(
    LOST,
    'The value is none of the published choices.',
    'Pass the name of a choice, not its label or ID.',
    'metadata.4',
  ),
  PRE_CHAT_SYNTAX: because(
    LOST,
    'The value does not look like what the field’s type demands.',
    'Pass an e-mail address, a number or whatever the finding names.',
    'metadata.4',
  ),
  PRE_CHAT_REJECTED: because(
    'Opening a conversation is answered 400 or 417 although the token was given.',
    'The answer names the routing attributes or asks for a form.',
    'Compare names, lengths and required fields with the published form; if the form is asked for every session, pass the values with every session.',
    'metadata.4',
  ),
  PRE_CHAT_ONLY_ONCE: because(
    'The first handoff of a conversation has the values, the next one has none.',
    'The published form is asked once per conversation (chat.every-session).',
    'Set the form’s display to every session, then publish the deployment again.',
    'metadata.4',
  ),
};

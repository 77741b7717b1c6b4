const CUSTOM_CLIENT = 'Custom Client';

/** What the wizard calls a Custom Client is stored as `api`. */
export function isCustomClient(type: string): boolean {
  return /^(api|custom[ _-]?client)$/i.test(type);
}

export function typeName(type: string): string {
  return isCustomClient(type) ? CUSTOM_CLIENT : type;
}

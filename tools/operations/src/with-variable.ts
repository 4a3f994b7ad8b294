/** The text with one variable set: in the place of its assignment, else of its commented one, else at the end. */
export function withVariable(text: string, name: string, value: string): string {
  const assignment = `${name}=${quoted(value)}`;
  for (const pattern of [new RegExp(`^${name}=.*$`, 'm'), new RegExp(`^#\\s?${name}=.*$`, 'm')]) {
    if (pattern.test(text)) return text.replace(pattern, () => assignment);
  }
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${assignment}\n`;
}

function quoted(value: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]*$/.test(value) ? value : `"${value.replace(/[\\"$`]/g, '\\$&')}"`;
}

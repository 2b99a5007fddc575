// .NET compares some texts by culture, and then skips characters that are not visible. An attacker may put them between
// the characters of a command.
const invisible = String.raw`[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]*`;
const oldCommand = new RegExp(`#${invisible}#${invisible}\\[`, 'gu');
const command = new RegExp(
  String.raw`^([\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]*):${invisible}:`,
  'u',
);
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;

/**
 * Returns a text to log in which the runner finds no workflow command. Text from outside, such as the name of an application
 * or a header of a web server, could otherwise stop the masking of secrets or write to the state of the job. The runner
 * takes `::name::` at the start of a line, after spaces, and `##[name]` anywhere in it (src/Runner.Common/ActionCommand.cs
 * of actions/runner). A backslash breaks both, and every kind of line end becomes a line feed.
 */
export function neutralizeCommands(text: string): string {
  return text
    .split(lineEnd)
    .map((line) => line.replace(oldCommand, '##\\[').replace(command, '$1\\::'))
    .join('\n');
}

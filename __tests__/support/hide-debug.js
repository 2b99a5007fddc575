// @actions/tool-cache prints `::debug::` commands. A runner hides them, but a terminal does not.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk, ...rest) => String(chunk).startsWith('::debug::') || write(chunk, ...rest);

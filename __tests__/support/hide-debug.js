// @actions/tool-cache prints `::debug::` commands, which a runner hides and a terminal does not.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk, ...rest) => String(chunk).startsWith('::debug::') || write(chunk, ...rest);

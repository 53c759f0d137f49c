/** Prometheus' text → every sample by its name and labels, as they stand there. Throws for a line that is neither that nor a comment. */
export function readSamples(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ') || line.startsWith('# TYPE ')) continue;
    const [whole, sample, value] = /^([a-z_\d]+(?:\{(?:[a-z]+="[^"]*",?)+\})?) (\S+)$/.exec(line) ?? [];
    if (whole === undefined || sample === undefined || value === undefined) throw new Error(`not a sample: ${line}`);
    if (samples.has(sample)) throw new Error(`said twice: ${sample}`);
    samples.set(sample, Number(value));
  }
  return samples;
}

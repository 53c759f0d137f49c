const letters = "abcdefghijklmnopqrstuvwxyzäéöü -'.";

/** One letter left out, put in, changed, or swapped with the next one. */
export function mistype(name: string, draw: (below: number) => number): string {
  const at = draw(name.length);
  const letter = letters.charAt(draw(letters.length));
  const [before, here, after] = [name.slice(0, at), name.charAt(at), name.slice(at + 1)];
  return (
    [
      before + after,
      before + letter + here + after,
      before + letter + after,
      before + after.charAt(0) + here + after.slice(1),
    ][draw(4)] ?? name
  );
}

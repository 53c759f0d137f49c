import { AppManifestUtils } from '@microsoft/app-manifest';
import { ourManifestRules } from './our-manifest-rules.ts';

/**
 * Fills in the placeholders of the manifest template and checks the result: against the Teams schema that comes with
 * Microsoft's package, so without the network, and against our own rules. A text that is exactly `${name}` becomes
 * that value; nothing is concatenated. Gives the manifest's text, or every problem with its place.
 * https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema
 */
export async function readManifest(
  template: string,
  values: Readonly<Record<string, string>>,
): Promise<
  | { readonly kind: 'manifest'; readonly text: string }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }
> {
  const manifest = fill(template, values);
  if (typeof manifest !== 'object' || manifest === null) {
    return { kind: 'problems', problems: ['manifest.json is not a JSON object'] };
  }
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const problems = [...(await schemaProblems(text)), ...ruleProblems(manifest), ...unfilled(text)];
  return problems.length === 0 ? { kind: 'manifest', text } : { kind: 'problems', problems };
}

function fill(template: string, values: Readonly<Record<string, string>>): unknown {
  try {
    return JSON.parse(template, (_key, value: unknown) => {
      const name = typeof value === 'string' ? /^\$\{(\w+)\}$/.exec(value)?.[1] : undefined;
      return name !== undefined && Object.hasOwn(values, name) ? values[name] : value;
    });
  } catch {
    return undefined;
  }
}

async function schemaProblems(text: string): Promise<readonly string[]> {
  const schema = await AppManifestUtils.fetchSchema(ourManifestRules.shape.$schema.value);
  const problems = await AppManifestUtils.validateAgainstSchema(JSON.parse(text), schema);
  return problems.map((problem) => `manifest.json ${problem.trim()}`);
}

function ruleProblems(manifest: object): readonly string[] {
  const issues = ourManifestRules.safeParse(manifest).error?.issues ?? [];
  return issues.map((issue) => `manifest.json /${issue.path.map(String).join('/')} ${issue.message}`);
}

function unfilled(text: string): readonly string[] {
  return Array.from(
    new Set(text.match(/\$\{\w+\}/g)),
    (placeholder) => `manifest.json has no value for ${placeholder}`,
  );
}

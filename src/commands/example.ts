import { runExample } from '../partner-center/index.ts';
import { createPretendPartnerCenter } from '../sandbox/index.ts';

const pretend = createPretendPartnerCenter({});
const { url } = await pretend.listen();
await runExample(url, (line) => process.stdout.write(`${line}\n`));
await pretend.close();

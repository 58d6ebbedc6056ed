// npm run rotate-keys [-- --check] [-- --batch=200]
import { checkout } from "../launcher/operator-place.ts";
import { runRotateKeys } from "../operator/rotate-keys.ts";

process.exitCode = await runRotateKeys(checkout, process.argv.slice(2));

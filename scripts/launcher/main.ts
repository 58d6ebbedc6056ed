import { launch } from "./launch.ts";
import { modeOf } from "./settings.ts";

process.exit(await launch(modeOf(process.argv.slice(2))));

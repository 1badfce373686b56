// The screens by the first part of their address.

import type { Screen } from "../main";
import { audit } from "./audit";
import { incidents } from "./incidents";
import { ingest } from "./ingest";
import { map } from "./map";
import { overview } from "./overview";
import { reader } from "./reader";
import { reports } from "./reports";
import { review } from "./review";
import { search } from "./search";
import { sources } from "./sources";
import { timeline } from "./timeline";
import { users } from "./users";

export const SCREENS: Record<string, Screen> = {
  overview,
  reports: (visit) => (visit.id ? reader(visit) : reports(visit)),
  incidents,
  map,
  timeline,
  sources,
  search,
  review,
  ingest,
  audit,
  users,
};

/** Where the map's worker lies; set by build.mjs. */
declare const MAP_WORKER: string;
/** Where the ground of the map lies; set by build.mjs. */
declare const MAP_GROUND: string;

#include "WebAssets.h"

// A new file is two lines here: its bytes, and its row.

static const unsigned char style[] = {
#embed "ui/workspace.css"
};
static const unsigned char icons[] = {
#embed "ui/icons.svg"
};
static const unsigned char favicon[] = {
#embed "ui/favicon.svg"
};
static const unsigned char workspace[] = {
#embed "ui/workspace.js"
};
static const unsigned char words[] = {
#embed "ui/words.js"
};
static const unsigned char keys[] = {
#embed "ui/keys.js"
};
static const unsigned char panels[] = {
#embed "ui/panels.js"
};
static const unsigned char bulk[] = {
#embed "ui/bulk.js"
};
static const unsigned char swap[] = {
#embed "ui/swap.js"
};
static const unsigned char changes[] = {
#embed "ui/changes.js"
};
static const unsigned char session[] = {
#embed "ui/session.js"
};

static const unsigned char registering[] = {
#embed "ui/register.js"
};
static const unsigned char drafts[] = {
#embed "ui/drafts.js"
};
static const unsigned char chosen[] = {
#embed "ui/files.js"
};

static const unsigned char importing[] = {
#embed "ui/import.js"
};

static const unsigned char help[] = {
#embed "help.txt"
};

static const unsigned char accessibility[] = {
#embed "accessibility.txt"
};

#define SCRIPT "text/javascript; charset=utf-8"

static const struct kartoteka_asset assets[] = {
    {"workspace.css", "text/css; charset=utf-8", style, sizeof style},
    {"icons.svg", "image/svg+xml", icons, sizeof icons},
    {"favicon.svg", "image/svg+xml", favicon, sizeof favicon},
    {"workspace.js", SCRIPT, workspace, sizeof workspace},
    {"words.js", SCRIPT, words, sizeof words},
    {"keys.js", SCRIPT, keys, sizeof keys},
    {"panels.js", SCRIPT, panels, sizeof panels},
    {"bulk.js", SCRIPT, bulk, sizeof bulk},
    {"drafts.js", SCRIPT, drafts, sizeof drafts},
    {"register.js", SCRIPT, registering, sizeof registering},
    {"files.js", SCRIPT, chosen, sizeof chosen},
    {"import.js", SCRIPT, importing, sizeof importing},
    {"swap.js", SCRIPT, swap, sizeof swap},
    {"changes.js", SCRIPT, changes, sizeof changes},
    {"session.js", SCRIPT, session, sizeof session},
};

size_t kartoteka_asset_count(void) { return sizeof assets / sizeof assets[0]; }

struct kartoteka_asset kartoteka_asset_at(size_t number) { return assets[number]; }

const unsigned char *kartoteka_help(void) { return help; }
size_t kartoteka_help_count(void) { return sizeof help; }

const unsigned char *kartoteka_accessibility(void) { return accessibility; }
size_t kartoteka_accessibility_count(void) { return sizeof accessibility; }

// The files that pages ask for: style, scripts, pictures. They lie in the program, so that a page needs nothing beside it.
#pragma once

#include <stddef.h>

/// A file: its name in the address, its type, its bytes.
struct kartoteka_asset {
    const char *name;
    const char *type;
    const unsigned char *bytes;
    size_t count;
};

/// How many there are; they are numbered from 0.
size_t kartoteka_asset_count(void);
/// The file of a number; `number` is less than the count.
struct kartoteka_asset kartoteka_asset_at(size_t number);

/// The manual within the workspace, UTF-8: topics with their words in both languages.
const unsigned char *kartoteka_help(void);
/// Its bytes.
size_t kartoteka_help_count(void);

/// The table of accessibility, UTF-8: a clause or a span of them a line.
const unsigned char *kartoteka_accessibility(void);
/// Its bytes.
size_t kartoteka_accessibility_count(void);

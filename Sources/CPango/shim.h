#pragma once
#include <cairo/cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Variadic, which Swift cannot call: no file but the three is open, no program that is started gains rights, and the process ends with the
// one that started it.
static inline int paper_confine(void) {
    syscall(SYS_close_range, 3U, ~0U, 0U);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) | prctl(PR_SET_PDEATHSIG, 9 /* SIGKILL */);
}

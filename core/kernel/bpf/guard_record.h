/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The maps of guard.bpf.c, for both sides: C for the kernel's, C++ for ours.
 */
#pragma once

#include <linux/types.h>

#define GUARD_NAME_SIZE 64
#define GUARD_LONG_NAME_SIZE 256 /* NAME_MAX and a zero */
#define GUARD_MOST_RULES 256

/* The name of a control group's directory, filled up with zeros; zeros alone: every connection. */
struct guard_name {
    char text[GUARD_NAME_SIZE];
};

/* One that does not fit into the other: of containers, mostly. Few are, and to hash all of it takes four times as long.
 */
struct guard_long_name {
    char text[GUARD_LONG_NAME_SIZE];
};

struct guard_rule {
    __s32 idle, interval, probes, user_timeout; /* s, s, count, ms; 0: as it is */
    __u64 active, passive, asked, failed;       /* the program counts */
};

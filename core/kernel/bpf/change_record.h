/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What change.bpf.c is told and tells, for both sides: C for the kernel's, C++ for ours.
 */
#pragma once

#include <linux/types.h>

/* Which options are to be set, and in this order: the switch last, so that the timer is armed to the new idle time. */
enum {
    CHANGE_IDLE = 1 << 0,
    CHANGE_INTERVAL = 1 << 1,
    CHANGE_PROBES = 1 << 2,
    CHANGE_USER_TIMEOUT = 1 << 3,
    CHANGE_ENABLED = 1 << 4,
};

struct change_wanted {
    __u32 given;                                         /* CHANGE_*; the others stay */
    __s32 idle, interval, probes, user_timeout, enabled; /* as setsockopt(2) takes them */
};

/* As exact_record has them. */
struct change_values {
    __u32 keepalive_time, keepalive_interval; /* jiffies; 0: the setting decides */
    __u32 user_timeout;                       /* ms */
    __s32 linger2;                            /* jiffies; 0: the setting decides; negative: none */
    __u32 rto_max;                            /* jiffies; 0: the kernel has none (6.15) */
    __u8 keepalive_probes, syn_retries;       /* 0: the setting decides */
    __u8 defer_accept, enabled;
};

/* What becomes of a socket: the value of the map, by its cookie. Whoever reads it there learns of all that was done,
 * also where the pass has not come to its end. */
struct change_outcome {
    __u32 done;    /* 0: the program has not come to it */
    __u32 refused; /* CHANGE_* of the first option that the kernel did not take, where it stopped; 0: it took all */
    __s32 error;   /* with it: the errno */
    struct change_wanted wanted; /* by the loader: what is its own to become, so that each may have other values */
    struct change_values before, after;
};

#ifdef __cplusplus
static_assert(sizeof(change_outcome) == 84, "the layout is the contract");
#else
_Static_assert(sizeof(struct change_outcome) == 84, "the layout is the contract");
#endif

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the program of a TCP socket has set of it, into the fields of these names of a record.
 * Source: include/linux/tcp.h, struct tcp_sock; include/net/inet_connection_sock.h.
 */
#pragma once

#include "kernel_types.h"
#include <bpf/bpf_core_read.h>

/* A macro, for the records have no type in common. */
#define PUT_OPTIONS(tp, out)                                                                                           \
    do {                                                                                                               \
        const struct inet_connection_sock* its = &(tp)->inet_conn;                                                     \
        (out)->keepalive_time = (tp)->keepalive_time;                                                                  \
        (out)->keepalive_interval = (tp)->keepalive_intvl;                                                             \
        (out)->keepalive_probes = (tp)->keepalive_probes;                                                              \
        (out)->user_timeout = its->icsk_user_timeout;                                                                  \
        (out)->linger2 = (tp)->linger2;                                                                                \
        (out)->syn_retries = its->icsk_syn_retries;                                                                    \
        if (bpf_core_field_exists(its->icsk_rto_max))                                                                  \
            (out)->rto_max = its->icsk_rto_max;                                                                        \
    } while (0)

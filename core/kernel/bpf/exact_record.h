/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the programs in sockets.bpf.c write, for both sides: C for the kernel's, C++ for ours. Fixed sizes, host byte
 * order except for addresses and the remote port. Jiffies are their low 32 bits; `jiffies` is the moment of reading, so
 * that every age and every time left is a signed 32-bit difference to it (good for 24 days at HZ 1000).
 */
#pragma once

#include <linux/types.h>

/* Stands in the highest byte of `flags` of every record: another layout is another number. */
#define EXACT_RECORD_VERSION 2

enum exact_kind {
    EXACT_FULL = 1,
    EXACT_TIMEWAIT = 2,
    EXACT_REQUEST = 3,
    EXACT_RING = 4,  /* of an owner: an io_uring, which may hold sockets in its table of registered files */
    EXACT_HELD = 7,  /* of an owner: a connection that has ended; its exact_record follows */
    EXACT_ENDED = 5, /* of an event: the kernel has ended the connection */
    EXACT_FREED = 6, /* of an event: and freed the socket */
    EXACT_END = 255, /* the last one: without it records are missing */
};

enum exact_flag {
    EXACT_KEEPALIVE = 1 << 0,
    EXACT_DEAD = 1 << 1, /* SOCK_DEAD: an orphan, or not accepted yet */
    EXACT_MPTCP = 1 << 2,
    EXACT_MD5 = 1 << 3,
    EXACT_STORAGE = 1 << 4,      /* some BPF program keeps something with it */
    EXACT_MICROSECONDS = 1 << 5, /* retrans_stamp is in microseconds */
    EXACT_ACKED = 1 << 6,        /* of a request: the handshake is complete, TCP_DEFER_ACCEPT waits for data */
    EXACT_LINGER = 1 << 7,
    EXACT_THIN = 1 << 8,
    EXACT_NO_SOCKET = 1 << 9, /* no struct socket: an orphan, or not accepted yet */
    EXACT_KEEPALIVE_PENDING = 1 << 10,
    EXACT_RETRANSMIT_PENDING = 1 << 11,
    EXACT_DELACK_PENDING = 1 << 12,
    EXACT_MASKED = 1 << 13, /* the reader may not see mark, MD5 and token of this one */
    EXACT_RECEIVES_ERRORS = 1 << 14,
    EXACT_CONNECT_DEFERRED = 1 << 15,
    EXACT_TIMESTAMPS = 1 << 16, /* these three as TCPI_OPT_* */
    EXACT_SACK = 1 << 17,
    EXACT_WINDOW_SCALING = 1 << 18,
    EXACT_RTO_TOTALS = 1 << 19, /* this kernel counts total_rto and its like (6.7) */
};

/* One socket. */
struct exact_record {
    __u64 cookie, netns_cookie, cgroup_id, taken_ns; /* taken_ns: CLOCK_MONOTONIC */
    __u8 local[16], remote[16];                      /* IPv4: the first four bytes */
    __u32 jiffies, flags;
    __u16 local_port, remote_port; /* host order, network order */
    __u8 kind, state, family, ca_state;
    __u32 interface, uid, inode, mark, priority;
    __u32 keepalive_expires, retransmit_expires,
        nominal;                                    /* nominal: icsk_timeout, where the timer has a time of its own */
    __u16 keepalive_slot, retransmit_slot;          /* of the timer wheel: level = slot / 64 */
    __u8 pending, retransmits, backoff, probes_out; /* icsk_*; of a request: 0, num_timeout, 0, num_retrans */
    __u32 keepalive_time, keepalive_interval;       /* jiffies; 0: the setting decides */
    __u32 user_timeout;                             /* ms */
    __s32 linger2;                                  /* jiffies; 0: the setting decides; negative: none */
    __u32 rto_max, rto;                             /* jiffies; rto_max 0: the kernel has none (6.15) */
    __u8 keepalive_probes, syn_retries;             /* 0: the setting decides */
    __u8 shutdown, defer_accept;
    __s16 error, soft_error;                                /* sk_err, sk_err_soft */
    __u32 last_received, last_sent, last_ack, probes_stamp; /* jiffies */
    __u32 retrans_stamp, rto_stamp, total_rto_time;         /* ms (EXACT_MICROSECONDS), ms, ms */
    __u16 total_rto, total_rto_recoveries;
    __u32 receive_queue, send_queue, not_sent, packets_out; /* of a listener: connections waiting, most, 0, requests */
    __u32 retrans_out, lost_out, sacked_out, send_window, cwnd, mss, rtt_us, rttvar_us, total_retrans, segs_in,
        segs_out;
    __s32 send_buffer, receive_buffer;
    __u32 mptcp_token;
    __u64 bytes_acked, bytes_received, bytes_sent, bytes_retrans;
    char congestion[16], upper_layer[8]; /* not terminated where they are full */
    __u64 listener_cookie;               /* of a request */
};

/* One descriptor of one process that refers to a TCP socket, or to an io_uring. */
struct exact_owner {
    __u64 cookie, netns_cookie;
    __s32 pid, fd; /* pid: as the reader's pid namespace has it */
    __u32 inode, uid;
    __u16 local_port; /* host order */
    __u8 kind, state, family;
    __u8 version;
    __u8 reserved[2];
};

/* What is told of a socket as it happens: all of it of EXACT_FREED, the head of EXACT_ENDED. */
struct exact_event {
    __u64 cookie, netns_cookie, taken_ns;
    __u8 version, kind;
    __u8 disconnected; /* of EXACT_FREED: thrown away by its program, or never opened */
    __u8 reserved[5];
};

/* Of the record: ends, counts, the state until then, and where the reader may know it the errors, uid and cgroup. */
struct exact_ended {
    struct exact_event event;
    struct exact_record last;
};

/* Of events that nobody has read yet. */
#define EXACT_RING_BYTES (8 << 20)

/* Constants of the programs. */
struct exact_settings {
    __u64 ends_netns;  /* whose ends are told; 0: those of all */
    __u32 ends_reader; /* the uid that reads them; 0 is told everything */
    __u8 may_probe;    /* bpf_probe_read_kernel() is refused under lockdown=confidentiality: then not told are MPTCP
                        * token, a request's listener, inodes before 6.17, io_uring, pids of an inner pid namespace */
    __u8 reserved[3];
};

#ifdef __cplusplus
static_assert(sizeof(exact_ended) == 352 && sizeof(exact_settings) == 16);
static_assert(sizeof(exact_record) == 320);
static_assert(sizeof(exact_owner) == 40);
#else
_Static_assert(sizeof(struct exact_record) == 320, "the layout is the contract");
_Static_assert(sizeof(struct exact_ended) == 352 && sizeof(struct exact_settings) == 16, "the layout is the contract");
_Static_assert(sizeof(struct exact_owner) == 40, "the layout is the contract");
#endif

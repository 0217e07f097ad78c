/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Types of the kernel with the fields that the programs here read and no other. The loader finds where each lies in the
 * running kernel by its BTF (CO-RE), so neither their order here nor what is left out matters. A name with three
 * underscores is another version of the type before them: the loader drops what follows.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/types.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef _Bool bool;

#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
#define IPPROTO_MPTCP 262
#define TCP_CLOSE 7
#define TCP_LISTEN 10

/* The loader looks up the values too. */
enum sock_flags { SOCK_DEAD, SOCK_DONE, SOCK_URGINLINE, SOCK_KEEPOPEN, SOCK_LINGER };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct hlist_node {
    struct hlist_node *next, **pprev;
};
struct timer_list {
    struct hlist_node entry;
    unsigned long expires;
    u32 flags;
};
typedef struct {
    int counter;
} atomic_t;
typedef struct {
    long counter;
} atomic64_t;
typedef struct {
    unsigned int val;
} kuid_t;

struct net {
    u64 net_cookie;
};
typedef struct {
    struct net* net;
} possible_net_t;
struct in6_addr {
    union {
        u8 u6_addr8[16];
        __be32 u6_addr32[4];
    } in6_u;
};
struct sock;
struct sock_common {
    union {
        struct {
            __be32 skc_daddr, skc_rcv_saddr;
        };
    };
    union {
        struct {
            __be16 skc_dport;
            u16 skc_num;
        };
    };
    unsigned short skc_family;
    volatile unsigned char skc_state;
    int skc_bound_dev_if;
    possible_net_t skc_net;
    struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
    atomic64_t skc_cookie;
    union {
        unsigned long skc_flags;
        struct sock* skc_listener;
    };
};

struct kernfs_node {
    u64 id;
};
struct kernfs_node___name {
    const char* name;
};
struct kernfs_node___parent {
    struct kernfs_node* parent;
};
struct kernfs_node___renamed {
    struct kernfs_node* __parent; /* 6.15 */
};
struct cgroup {
    struct kernfs_node* kn;
};
struct sock_cgroup_data {
    struct cgroup* cgroup;
};
struct inode {
    unsigned long i_ino;
};
struct socket {
    struct sock* sk;
};
struct socket_alloc {
    struct socket socket;
    struct inode vfs_inode;
};
struct bpf_local_storage;
struct sock {
    struct sock_common __sk_common;
    int sk_rcvbuf, sk_err, sk_err_soft, sk_sndbuf;
    struct socket* sk_socket;
    struct timer_list sk_timer;
    u32 sk_priority, sk_mark, sk_ack_backlog, sk_max_ack_backlog;
    kuid_t sk_uid;
    u16 sk_protocol;
    u8 sk_shutdown;
    struct sock_cgroup_data sk_cgrp_data;
    struct bpf_local_storage* sk_bpf_storage;
};
struct sock___retransmit {
    struct timer_list tcp_retransmit_timer; /* 6.19 has it here, before it was icsk_retransmit_timer */
};
struct sock___inode {
    unsigned long sk_ino; /* 6.17 */
};

struct inet_sock {
    struct sock sk;
    __be16 inet_sport;
    unsigned long inet_flags; /* 6.6 */
};
struct inet_sock___bits {
    u8 recverr : 1, defer_connect : 1; /* before */
};
struct request_sock_queue {
    u8 rskq_defer_accept;
    atomic_t qlen;
};
struct tcp_congestion_ops {
    char name[16];
};
struct tcp_ulp_ops {
    char name[16];
};
struct inet_connection_sock {
    struct inet_sock icsk_inet;
    struct request_sock_queue icsk_accept_queue;
    struct timer_list icsk_retransmit_timer, icsk_delack_timer;
    u32 icsk_rto, icsk_rto_max, icsk_probes_tstamp, icsk_user_timeout;
    const struct tcp_congestion_ops* icsk_ca_ops;
    const struct tcp_ulp_ops* icsk_ulp_ops;
    void* icsk_ulp_data;
    u8 icsk_ca_state : 5;
    u8 icsk_retransmits, icsk_pending, icsk_backoff, icsk_syn_retries, icsk_probes_out;
    struct {
        u32 lrcvtime;
    } icsk_ack;
};
struct inet_connection_sock___timeout {
    unsigned long icsk_timeout; /* before 6.17: when the handler has something to do, apart from the timer's own time */
};
struct inet_connection_sock___keepalive {
    struct timer_list icsk_keepalive_timer; /* 6.19, and stable ones before; else it is sk_timer */
};

struct tcp_options_received {
    u16 tstamp_ok : 1, wscale_ok : 1, sack_ok : 3;
};
struct tcp_md5sig_info;
struct tcp_sock {
    struct inet_connection_sock inet_conn;
    struct tcp_options_received rx_opt;
    u32 snd_wnd, mss_cache, snd_cwnd, sacked_out, lost_out, retrans_out, copied_seq, mdev_us, segs_out, segs_in,
        write_seq;
    u32 lsndtime, rcv_nxt, snd_nxt, snd_una, srtt_us, packets_out, rcv_tstamp, retrans_stamp, total_retrans;
    u32 rto_stamp, total_rto_time;
    u16 total_rto, total_rto_recoveries;
    u64 bytes_sent, bytes_received, bytes_acked, bytes_retrans;
    u8 tcp_usec_ts : 1, thin_lto : 1;
    u8 keepalive_probes;
    unsigned int keepalive_time, keepalive_intvl;
    int linger2;
    bool is_mptcp;
    struct tcp_md5sig_info* md5sig_info;
};

struct request_sock {
    struct sock_common __req_common;
    u8 num_retrans, num_timeout : 7;
    struct timer_list rsk_timer;
    u32 timeout;
};
struct inet_request_sock {
    struct request_sock req;
    u16 acked : 1;
};
struct tcp_request_sock {
    struct inet_request_sock req;
};
struct inet_timewait_sock {
    struct sock_common __tw_common;
    volatile unsigned char tw_substate;
    u32 tw_mark, tw_priority;
    struct timer_list tw_timer;
};
struct tcp_timewait_sock {
    struct inet_timewait_sock tw_sk;
};
struct mptcp_subflow_context {
    struct sock* conn;
};
struct mptcp_sock {
    u32 token;
};

struct qstr {
    u32 len;
    const unsigned char* name;
};
struct dentry {
    struct qstr d_name;
};
struct path {
    struct dentry* dentry;
};
struct file {
    struct path f_path;
};
struct upid {
    int nr;
};
struct pid {
    unsigned int level;
    struct upid numbers[1];
};
struct task_struct {
    int pid, tgid;
    struct task_struct* group_leader;
    struct pid* thread_pid;
};

struct seq_file {
    unsigned long count;
};
struct bpf_iter_meta {
    struct seq_file* seq;
};
struct bpf_iter__tcp {
    struct bpf_iter_meta* meta;
    struct sock_common* sk_common;
};
struct bpf_iter__task_file {
    struct bpf_iter_meta* meta;
    struct task_struct* task;
    u32 fd;
    struct file* file;
};

#pragma clang attribute pop

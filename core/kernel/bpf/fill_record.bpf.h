/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the kernel knows of one socket, into an exact_record.
 */
#pragma once

#include "exact_record.h"
#include "kernel_types.h"
#include "socket_options.bpf.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/* Whoever loads the programs says so. */
const volatile struct exact_settings settings = {.may_probe = 1};

/* Numbers of an enum without a name, which the loader cannot look up (include/net/inet_sock.h, since 6.6). */
#define INET_FLAGS_RECVERR 9
#define INET_FLAGS_DEFER_CONNECT 19

static __always_inline void put_timer(const struct timer_list* timer, u32* expires, u16* slot, u32* flags,
                                      u32 pending) {
    *expires = timer->expires;
    *slot = timer->flags >> 22; /* TIMER_ARRAYSHIFT of include/linux/timer.h */
    if (timer->entry.pprev)
        *flags |= pending;
}

static __always_inline void put_ends(const struct sock_common* sk, struct exact_record* out) {
    out->local_port = sk->skc_num;
    out->remote_port = sk->skc_dport;
    out->family = sk->skc_family;
    out->state = sk->skc_state;
    out->interface = sk->skc_bound_dev_if;
    out->netns_cookie = sk->skc_net.net->net_cookie;
    if (out->family == AF_INET6) {
        *(u64*)out->local = *(u64*)&sk->skc_v6_rcv_saddr.in6_u.u6_addr32[0];
        *(u64*)(out->local + 8) = *(u64*)&sk->skc_v6_rcv_saddr.in6_u.u6_addr32[2];
        *(u64*)out->remote = *(u64*)&sk->skc_v6_daddr.in6_u.u6_addr32[0];
        *(u64*)(out->remote + 8) = *(u64*)&sk->skc_v6_daddr.in6_u.u6_addr32[2];
    } else {
        *(u32*)out->local = sk->skc_rcv_saddr;
        *(u32*)out->remote = sk->skc_daddr;
    }
}

static __always_inline u32 flags_of(const struct tcp_sock* tp) {
    const struct sock* sk = &tp->inet_conn.icsk_inet.sk;
    const struct inet_sock* inet = &tp->inet_conn.icsk_inet;
    const struct inet_sock___bits* bits = (const void*)inet;
    const unsigned long set = sk->__sk_common.skc_flags;
    u32 flags = 0;
    if (set >> bpf_core_enum_value(enum sock_flags, SOCK_DEAD) & 1)
        flags |= EXACT_DEAD;
    if (set >> bpf_core_enum_value(enum sock_flags, SOCK_KEEPOPEN) & 1)
        flags |= EXACT_KEEPALIVE;
    if (set >> bpf_core_enum_value(enum sock_flags, SOCK_LINGER) & 1)
        flags |= EXACT_LINGER;
    if (bpf_core_field_exists(inet->inet_flags)) {
        if (inet->inet_flags >> INET_FLAGS_RECVERR & 1)
            flags |= EXACT_RECEIVES_ERRORS;
        if (inet->inet_flags >> INET_FLAGS_DEFER_CONNECT & 1)
            flags |= EXACT_CONNECT_DEFERRED;
    } else if (bpf_core_field_exists(bits->recverr)) {
        if (BPF_CORE_READ_BITFIELD(bits, recverr))
            flags |= EXACT_RECEIVES_ERRORS;
        if (BPF_CORE_READ_BITFIELD(bits, defer_connect))
            flags |= EXACT_CONNECT_DEFERRED;
    }
    if (BPF_CORE_READ_BITFIELD(tp, rx_opt.tstamp_ok))
        flags |= EXACT_TIMESTAMPS;
    if (BPF_CORE_READ_BITFIELD(tp, rx_opt.sack_ok))
        flags |= EXACT_SACK;
    if (BPF_CORE_READ_BITFIELD(tp, rx_opt.wscale_ok))
        flags |= EXACT_WINDOW_SCALING;
    if (BPF_CORE_READ_BITFIELD(tp, thin_lto))
        flags |= EXACT_THIN;
    if (bpf_core_field_exists(tp->tcp_usec_ts) && BPF_CORE_READ_BITFIELD(tp, tcp_usec_ts))
        flags |= EXACT_MICROSECONDS;
    if (bpf_core_field_exists(sk->sk_bpf_storage) && sk->sk_bpf_storage)
        flags |= EXACT_STORAGE;
    if (bpf_core_field_exists(tp->md5sig_info) && tp->md5sig_info)
        flags |= EXACT_MD5;
    return flags;
}

static __always_inline void put_timers(const struct tcp_sock* tp, struct exact_record* out) {
    const struct inet_connection_sock* icsk = &tp->inet_conn;
    const struct sock* sk = &icsk->icsk_inet.sk;
    const struct inet_connection_sock___keepalive* newer = (const void*)icsk;
    const struct inet_connection_sock___timeout* older = (const void*)icsk;
    const struct sock___retransmit* moved = (const void*)sk;
    if (bpf_core_field_exists(newer->icsk_keepalive_timer))
        put_timer(&newer->icsk_keepalive_timer, &out->keepalive_expires, &out->keepalive_slot, &out->flags,
                  EXACT_KEEPALIVE_PENDING);
    else
        put_timer(&sk->sk_timer, &out->keepalive_expires, &out->keepalive_slot, &out->flags, EXACT_KEEPALIVE_PENDING);
    if (bpf_core_field_exists(moved->tcp_retransmit_timer))
        put_timer(&moved->tcp_retransmit_timer, &out->retransmit_expires, &out->retransmit_slot, &out->flags,
                  EXACT_RETRANSMIT_PENDING);
    else
        put_timer(&icsk->icsk_retransmit_timer, &out->retransmit_expires, &out->retransmit_slot, &out->flags,
                  EXACT_RETRANSMIT_PENDING);
    out->nominal = out->retransmit_expires;
    if (bpf_core_field_exists(older->icsk_timeout))
        out->nominal = older->icsk_timeout;
    if (icsk->icsk_delack_timer.entry.pprev)
        out->flags |= EXACT_DELACK_PENDING;
}

static __always_inline void put_counters(const struct tcp_sock* tp, struct exact_record* out) {
    const struct inet_connection_sock* icsk = &tp->inet_conn;
    out->pending = icsk->icsk_pending;
    out->retransmits = icsk->icsk_retransmits;
    out->backoff = icsk->icsk_backoff;
    out->probes_out = icsk->icsk_probes_out;
    out->rto = icsk->icsk_rto;
    out->retrans_stamp = tp->retrans_stamp;
    if (bpf_core_field_exists(icsk->icsk_probes_tstamp))
        out->probes_stamp = icsk->icsk_probes_tstamp;
    if (bpf_core_field_exists(tp->rto_stamp)) {
        out->flags |= EXACT_RTO_TOTALS;
        out->rto_stamp = tp->rto_stamp;
        out->total_rto_time = tp->total_rto_time;
        out->total_rto = tp->total_rto;
        out->total_rto_recoveries = tp->total_rto_recoveries;
    }
}

static __always_inline void put_queues(const struct tcp_sock* tp, struct exact_record* out) {
    const struct inet_connection_sock* icsk = &tp->inet_conn;
    const struct sock* sk = &icsk->icsk_inet.sk;
    out->cwnd = tp->snd_cwnd;
    if (out->state == TCP_LISTEN) {
        out->receive_queue = sk->sk_ack_backlog;
        out->send_queue = sk->sk_max_ack_backlog;
        out->defer_accept = icsk->icsk_accept_queue.rskq_defer_accept;
        out->packets_out = icsk->icsk_accept_queue.qlen.counter;
        return;
    }
    out->receive_queue = tp->rcv_nxt - tp->copied_seq;
    out->send_queue = tp->write_seq - tp->snd_una;
    out->not_sent = tp->write_seq - tp->snd_nxt;
    out->packets_out = tp->packets_out;
    out->retrans_out = tp->retrans_out;
    out->lost_out = tp->lost_out;
    out->sacked_out = tp->sacked_out;
    out->send_window = tp->snd_wnd;
    out->mss = tp->mss_cache;
    out->rtt_us = tp->srtt_us >> 3;
    out->rttvar_us = tp->mdev_us >> 2;
    out->total_retrans = tp->total_retrans;
    out->segs_in = tp->segs_in;
    out->segs_out = tp->segs_out;
    out->bytes_acked = tp->bytes_acked;
    out->bytes_received = tp->bytes_received;
    out->bytes_sent = tp->bytes_sent;
    out->bytes_retrans = tp->bytes_retrans;
    out->last_received = icsk->icsk_ack.lrcvtime;
    out->last_sent = tp->lsndtime;
    out->last_ack = tp->rcv_tstamp;
}

static __always_inline void put_mptcp(const struct tcp_sock* tp, struct exact_record* out) {
    if (!bpf_core_field_exists(tp->is_mptcp) || !tp->is_mptcp)
        return;
    out->flags |= EXACT_MPTCP;
    struct mptcp_subflow_context* subflow = tp->inet_conn.icsk_ulp_data;
    if (!subflow || !settings.may_probe)
        return;
    struct mptcp_sock* whole = (void*)BPF_CORE_READ(subflow, conn);
    out->mptcp_token = BPF_CORE_READ(whole, token);
}

static __always_inline void put_owner(const struct tcp_sock* tp, struct exact_record* out) {
    const struct sock* sk = &tp->inet_conn.icsk_inet.sk;
    const struct sock___inode* newer = (const void*)sk;
    struct socket* socket = sk->sk_socket;
    out->uid = sk->sk_uid.val;
    out->mark = sk->sk_mark;
    out->priority = sk->sk_priority;
    out->cgroup_id = sk->sk_cgrp_data.cgroup->kn->id;
    if (!socket)
        out->flags |= EXACT_NO_SOCKET;
    if (bpf_core_field_exists(newer->sk_ino))
        out->inode = newer->sk_ino;
    else if (socket && settings.may_probe)
        out->inode = BPF_CORE_READ((struct socket_alloc*)socket, vfs_inode.i_ino);
}

static __always_inline void put_full(const struct tcp_sock* tp, struct exact_record* out) {
    const struct inet_connection_sock* icsk = &tp->inet_conn;
    const struct sock* sk = &icsk->icsk_inet.sk;
    out->kind = EXACT_FULL;
    out->flags |= flags_of(tp);
    put_timers(tp, out);
    put_counters(tp, out);
    PUT_OPTIONS(tp, out);
    put_queues(tp, out);
    put_owner(tp, out);
    put_mptcp(tp, out);
    out->ca_state = BPF_CORE_READ_BITFIELD(icsk, icsk_ca_state);
    out->shutdown = sk->sk_shutdown;
    out->error = sk->sk_err;
    out->soft_error = sk->sk_err_soft;
    out->send_buffer = sk->sk_sndbuf;
    out->receive_buffer = sk->sk_rcvbuf;
    const struct tcp_congestion_ops* congestion = icsk->icsk_ca_ops;
    if (congestion) {
        *(u64*)out->congestion = *(const u64*)congestion->name;
        *(u64*)(out->congestion + 8) = *(const u64*)(congestion->name + 8);
    }
    const struct tcp_ulp_ops* upper = icsk->icsk_ulp_ops;
    if (upper)
        *(u64*)out->upper_layer = *(const u64*)upper->name;
}

static __always_inline void put_timewait(const struct tcp_timewait_sock* tw, struct exact_record* out) {
    out->kind = EXACT_TIMEWAIT;
    out->state = tw->tw_sk.tw_substate;
    out->mark = tw->tw_sk.tw_mark;
    out->priority = tw->tw_sk.tw_priority;
    put_timer(&tw->tw_sk.tw_timer, &out->retransmit_expires, &out->retransmit_slot, &out->flags,
              EXACT_RETRANSMIT_PENDING);
}

static __always_inline void put_request(const struct sock_common* sk, const struct tcp_request_sock* tcp,
                                        struct exact_record* out) {
    const struct inet_request_sock* inet = &tcp->req;
    const struct request_sock* request = &inet->req;
    out->kind = EXACT_REQUEST;
    put_timer(&request->rsk_timer, &out->retransmit_expires, &out->retransmit_slot, &out->flags,
              EXACT_RETRANSMIT_PENDING);
    out->retransmits = BPF_CORE_READ_BITFIELD(request, num_timeout);
    out->probes_out = request->num_retrans;
    out->rto = request->timeout;
    if (BPF_CORE_READ_BITFIELD(inet, acked))
        out->flags |= EXACT_ACKED;
    struct sock* listener = sk->skc_listener;
    if (!listener || !settings.may_probe)
        return;
    struct inet_connection_sock* icsk = (void*)listener;
    out->listener_cookie = BPF_CORE_READ(listener, __sk_common.skc_cookie.counter);
    out->defer_accept = BPF_CORE_READ(icsk, icsk_accept_queue.rskq_defer_accept);
    out->syn_retries = BPF_CORE_READ(icsk, icsk_syn_retries);
    out->uid = BPF_CORE_READ(listener, sk_uid.val);
}

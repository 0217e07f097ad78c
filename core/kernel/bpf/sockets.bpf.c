/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programs that only read. Two iterators: every TCP socket of a network namespace (iter/tcp, which takes the lock of each,
 * so that a record and its jiffies agree), and every descriptor of every process that refers to one (iter/task_file, no
 * lock). And two tracepoints that tell of each connection when the kernel ends it, and when it frees the socket.
 * Source: net/ipv4/tcp_ipv4.c, bpf_iter_tcp_seq_show(); kernel/bpf/task_iter.c; net/ipv4/tcp.c, tcp_set_state(),
 * inet_csk_destroy_sock().
 */
#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "exact_record.h"
#include "fill_record.bpf.h"

char LICENSE[] SEC("license") = "GPL";

/* sock_diag tells these to CAP_NET_ADMIN alone. Who reads now counts, not who loaded the program. */
static __always_inline void mask(struct exact_record *out) {
    const u32 reader = bpf_get_current_uid_gid();
    if (reader == 0 || reader == out->uid)
        return;
    out->mark = 0;
    out->mptcp_token = 0;
    out->flags = (out->flags & ~EXACT_MD5) | EXACT_MASKED;
}

SEC("iter/tcp")
int every_socket(struct bpf_iter__tcp *context) {
    struct seq_file *seq = context->meta->seq;
    struct sock_common *sk = context->sk_common;
    struct exact_record out = {};
    out.taken_ns = bpf_ktime_get_ns();
    out.jiffies = bpf_jiffies64();
    out.flags = (u32)EXACT_RECORD_VERSION << 24;
    if (!sk) {
        out.kind = EXACT_END;
        bpf_seq_write(seq, &out, sizeof out);
        return 0;
    }
    out.cookie = bpf_get_socket_cookie(sk);
    put_ends(sk, &out);
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (tp) {
        put_full(tp, &out);
    } else {
        struct tcp_timewait_sock *tw = bpf_skc_to_tcp_timewait_sock(sk);
        struct tcp_request_sock *request = bpf_skc_to_tcp_request_sock(sk);
        if (tw)
            put_timewait(tw, &out);
        else if (request)
            put_request(sk, request, &out);
        else
            return 0;
    }
    mask(&out);
    bpf_seq_write(seq, &out, sizeof out);
    return 0;
}

/* Of the process of a thread, as the reader's pid namespace has it, whose processes the iterator walks through; 0: not
 * told. */
static __always_inline int pid_of(struct task_struct *thread) {
    struct task_struct *task = thread->group_leader;
    const u32 level = bpf_get_current_task_btf()->thread_pid->level;
    if (level == 0)
        return task->tgid;
    int number = 0;
    if (settings.may_probe && level < 32)
        bpf_probe_read_kernel(&number, sizeof number,
                              (void *)task->thread_pid + bpf_core_field_offset(struct pid, numbers) +
                                  level * bpf_core_type_size(struct upid) + bpf_core_field_offset(struct upid, nr));
    return number;
}

/* fs/anon_inodes.c names them. */
static __always_inline bool is_ring(struct file *file) {
    char name[10] = {};
    struct dentry *entry = file->f_path.dentry;
    if (!settings.may_probe || entry->d_name.len != sizeof name)
        return 0;
    bpf_probe_read_kernel(name, sizeof name, entry->d_name.name);
    bool same = 1;
#pragma unroll
    for (int i = 0; i < 10; ++i)
        same = same && name[i] == "[io_uring]"[i];
    return same;
}

/* Where there is no room for it the kernel calls again for the same descriptor. */
static __always_inline void tell_held(struct seq_file *seq, struct sock *sk, struct tcp_sock *tp,
                                      const struct exact_owner *owner) {
    struct exact_record out = {};
    out.taken_ns = bpf_ktime_get_ns();
    out.jiffies = bpf_jiffies64();
    out.flags = (u32)EXACT_RECORD_VERSION << 24;
    out.cookie = owner->cookie;
    put_ends(&sk->__sk_common, &out);
    put_full(tp, &out);
    out.inode = owner->inode;
    out.local_port = bpf_ntohs(tp->inet_conn.icsk_inet.inet_sport); /* the kernel has let go of it */
    mask(&out);
    bpf_seq_write(seq, &out, sizeof out);
}

SEC("iter/task_file")
int every_owner(struct bpf_iter__task_file *context) {
    struct seq_file *seq = context->meta->seq;
    struct task_struct *task = context->task;
    struct file *file = context->file;
    struct exact_owner out = {.version = EXACT_RECORD_VERSION};
    if (!task || !file) {
        out.kind = EXACT_END;
        bpf_seq_write(seq, &out, sizeof out);
        return 0;
    }
    out.fd = context->fd;
    struct socket *socket = bpf_sock_from_file(file);
    if (!socket) {
        if (!is_ring(file))
            return 0;
        out.kind = EXACT_RING;
        out.pid = pid_of(task);
        bpf_seq_write(seq, &out, sizeof out);
        return 0;
    }
    struct sock *sk = socket->sk;
    if (!sk)
        return 0;
    const u16 family = sk->__sk_common.skc_family;
    if (family != AF_INET && family != AF_INET6)
        return 0;
    /* Of an MPTCP connection programs have the whole, whose inode each subflow has as well: net/mptcp/protocol.h,
     * mptcp_sock_graft(). */
    if (sk->sk_protocol != IPPROTO_TCP && sk->sk_protocol != IPPROTO_MPTCP)
        return 0;
    const struct sock___inode *newer = (const void *)sk;
    out.kind = EXACT_FULL;
    out.pid = pid_of(task);
    out.cookie = bpf_get_socket_cookie(sk);
    out.netns_cookie = sk->__sk_common.skc_net.net->net_cookie;
    out.uid = sk->sk_uid.val;
    out.local_port = sk->__sk_common.skc_num;
    out.state = sk->__sk_common.skc_state;
    out.family = family;
    if (bpf_core_field_exists(newer->sk_ino))
        out.inode = newer->sk_ino;
    else if (settings.may_probe)
        out.inode = BPF_CORE_READ((struct socket_alloc *)socket, vfs_inode.i_ino);
    struct tcp_sock *tp = out.state == TCP_CLOSE ? bpf_skc_to_tcp_sock(sk) : 0;
    if (tp && tp->segs_out) { /* else it was never open, or its program has thrown it away */
        out.kind = EXACT_HELD;
        bpf_seq_write(seq, &out, sizeof out);
        tell_held(seq, sk, tp, &out);
        return 0;
    }
    bpf_seq_write(seq, &out, sizeof out);
    return 0;
}

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, EXACT_RING_BYTES);
} ends SEC(".maps");

/* How many have found no room in it. Readable by mmap(2), as the ring is. */
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(map_flags, BPF_F_MMAPABLE);
    __uint(max_entries, 1);
    __type(key, u32);
    __type(value, u64);
} ends_lost SEC(".maps");

static __always_inline void count_lost(void) {
    const u32 first = 0;
    u64 *count = bpf_map_lookup_elem(&ends_lost, &first);
    if (count)
        __sync_fetch_and_add(count, 1);
}

/* The kernel leaves a program out where an interrupt comes in the midst of it, on each processor (kernel/trace/
 * bpf_trace.c, prog->active): so there are two at each tracepoint, and the second one tells what the first one has not.
 * Cookies of sockets that the first one has told of: the last, and the one before, in the midst of whose second one that
 * may have come. By EXACT_ENDED or EXACT_FREED. */
struct exact_told {
    u64 last, before;
};

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 2);
    __type(key, u32);
    __type(value, struct exact_told);
} ends_told SEC(".maps");

static __always_inline struct exact_told *told_of(u8 kind) {
    const u32 index = kind == EXACT_FREED;
    return bpf_map_lookup_elem(&ends_told, &index);
}

static __always_inline void note_told(u8 kind, u64 cookie) {
    struct exact_told *told = told_of(kind);
    if (!told)
        return;
    told->before = told->last;
    told->last = cookie;
}

static __always_inline bool was_told(u8 kind, u64 cookie) {
    struct exact_told *told = told_of(kind);
    if (!told)
        return 1;
    if (told->last == cookie) {
        told->last = told->before;
        told->before = 0;
        return 1;
    }
    if (told->before != cookie)
        return 0;
    told->before = 0;
    return 1;
}

/* Of the first program of its tracepoint, or the second. */
static __always_inline bool is_to_tell(struct sock *sk, u8 kind, bool second) {
    const u64 cookie = bpf_get_socket_cookie(sk);
    if (second)
        return !was_told(kind, cookie);
    note_told(kind, cookie);
    return 1;
}

static __always_inline bool is_told(const struct sock *sk) {
    return settings.ends_netns == 0 || sk->__sk_common.skc_net.net->net_cookie == settings.ends_netns;
}

static __always_inline void put_event(struct sock *sk, u8 kind, struct exact_event *out) {
    out->cookie = bpf_get_socket_cookie(sk);
    out->netns_cookie = sk->__sk_common.skc_net.net->net_cookie;
    out->taken_ns = bpf_ktime_get_ns();
    out->version = EXACT_RECORD_VERSION;
    out->kind = kind;
}

/* What the destroy multicast of sock_diag tells anybody in the namespace, and what only the owner may know. */
static __always_inline void put_ended(struct sock *sk, const struct tcp_sock *tp, struct exact_record *out) {
    const u32 masked = EXACT_DEAD | EXACT_NO_SOCKET | EXACT_MICROSECONDS | EXACT_TIMESTAMPS | EXACT_SACK |
                       EXACT_WINDOW_SCALING | EXACT_RTO_TOTALS;
    out->kind = EXACT_FULL;
    out->flags = flags_of(tp);
    put_ends(&sk->__sk_common, out);
    out->local_port = bpf_ntohs(tp->inet_conn.icsk_inet.inet_sport); /* skc_num is let go of already */
    put_counters(tp, out);
    put_queues(tp, out);
    if (!sk->sk_socket)
        out->flags |= EXACT_NO_SOCKET;
    if (settings.ends_reader != 0 && settings.ends_reader != sk->sk_uid.val) {
        out->flags = (out->flags & masked) | EXACT_MASKED;
    } else {
        put_owner(tp, out);
        out->error = sk->sk_err;
        out->soft_error = sk->sk_err_soft;
    }
    out->flags |= (u32)EXACT_RECORD_VERSION << 24;
}

static __always_inline int tell_ended(u64 *arguments, bool second) {
    struct sock *sk = (void *)arguments[0];
    const int before = arguments[1], now = arguments[2];
    if (now != TCP_CLOSE || before == TCP_CLOSE || !is_told(sk))
        return 0;
    struct tcp_sock *tp = bpf_skc_to_tcp_sock(sk);
    if (!tp || !is_to_tell(sk, EXACT_ENDED, second))
        return 0;
    struct exact_ended *out = bpf_ringbuf_reserve(&ends, sizeof *out, 0);
    if (!out) {
        count_lost();
        return 0;
    }
    __builtin_memset(out, 0, sizeof *out);
    put_event(sk, EXACT_ENDED, &out->event);
    put_ended(sk, tp, &out->last);
    out->last.cookie = out->event.cookie;
    out->last.taken_ns = out->event.taken_ns;
    out->last.jiffies = bpf_jiffies64();
    bpf_ringbuf_submit(out, 0);
    return 0;
}

SEC("tp_btf/inet_sock_set_state")
int ended(u64 *arguments) {
    return tell_ended(arguments, 0);
}

SEC("tp_btf/inet_sock_set_state")
int ended_missed(u64 *arguments) {
    return tell_ended(arguments, 1);
}

/* Of sockets that never had a peer nobody was told. */
static __always_inline bool had_peer(const struct sock_common *sk) {
    if (sk->skc_family == AF_INET)
        return sk->skc_daddr;
    return sk->skc_v6_daddr.in6_u.u6_addr32[0] | sk->skc_v6_daddr.in6_u.u6_addr32[1] |
           sk->skc_v6_daddr.in6_u.u6_addr32[2] | sk->skc_v6_daddr.in6_u.u6_addr32[3];
}

static __always_inline int tell_freed(u64 *arguments, bool second) {
    struct sock *sk = (void *)arguments[0];
    if (!is_told(sk) || !had_peer(&sk->__sk_common) || !is_to_tell(sk, EXACT_FREED, second))
        return 0;
    struct exact_event out = {};
    put_event(sk, EXACT_FREED, &out);
    out.disconnected = sk->__sk_common.skc_dport == 0; /* tcp_disconnect() forgets it */
    if (bpf_ringbuf_output(&ends, &out, sizeof out, 0) != 0)
        count_lost();
    return 0;
}

SEC("tp_btf/tcp_destroy_sock")
int freed(u64 *arguments) {
    return tell_freed(arguments, 0);
}

SEC("tp_btf/tcp_destroy_sock")
int freed_missed(u64 *arguments) {
    return tell_freed(arguments, 1);
}

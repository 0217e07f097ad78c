// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace halfopen::test {

/// What the promises of all tasks have in common: a task starts when it is awaited and then goes on with who awaits it.
class PromiseBase {
public:
    std::suspend_always initial_suspend() noexcept { return {}; }
    void unhandled_exception() { m_exception = std::current_exception(); }
    void setContinuation(std::coroutine_handle<> continuation) { m_continuation = continuation; }

    struct Final {
        bool await_ready() noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) noexcept {
            return self.promise().m_continuation;
        }
        void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }

protected:
    void rethrow() const {
        if (m_exception)
            std::rethrow_exception(m_exception);
    }

    std::coroutine_handle<> m_continuation = std::noop_coroutine();
    std::exception_ptr m_exception;
};

/// An experiment, or a part of one, written as it happens; many run at once on one thread (see Stage).
template <class T>
class Task {
public:
    struct promise_type : PromiseBase {
        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        void return_value(T value) { m_value = std::move(value); }
        T take() {
            rethrow();
            return std::move(*m_value);
        }
        std::optional<T> m_value;
    };

    Task(Task&& other) noexcept
        : m_handle(std::exchange(other.m_handle, {})) {}
    Task& operator=(Task&&) = delete;
    ~Task() {
        if (m_handle)
            m_handle.destroy();
    }

    bool await_ready() const { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> continuation) {
        m_handle.promise().setContinuation(continuation);
        return m_handle;
    }
    T await_resume() { return m_handle.promise().take(); }

private:
    explicit Task(std::coroutine_handle<promise_type> handle)
        : m_handle(handle) {}
    std::coroutine_handle<promise_type> m_handle;
};

template <>
class Task<void> {
public:
    struct promise_type : PromiseBase {
        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        void return_void() {}
        void take() { rethrow(); }
    };

    Task(Task&& other) noexcept
        : m_handle(std::exchange(other.m_handle, {})) {}
    Task& operator=(Task&&) = delete;
    ~Task() {
        if (m_handle)
            m_handle.destroy();
    }

    bool await_ready() const { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> continuation) {
        m_handle.promise().setContinuation(continuation);
        return m_handle;
    }
    void await_resume() { m_handle.promise().take(); }

    /// For who starts it instead of awaiting it.
    void resume() { m_handle.resume(); }
    bool done() const { return m_handle.done(); }

private:
    explicit Task(std::coroutine_handle<promise_type> handle)
        : m_handle(handle) {}
    std::coroutine_handle<promise_type> m_handle;
};

} // namespace halfopen::test

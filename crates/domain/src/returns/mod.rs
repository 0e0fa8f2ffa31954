//! The return: its life cycle from submission to refund (domain.md section 4).

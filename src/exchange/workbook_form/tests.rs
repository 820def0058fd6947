//! Workbooks read into their neutral form.
